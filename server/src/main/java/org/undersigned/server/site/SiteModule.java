package org.undersigned.server.site;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.count.box.Boxes;
import org.undersigned.server.count.register.Register;
import org.undersigned.server.platform.PlatformModule;
import org.undersigned.server.platform.Resources;
import org.undersigned.server.platform.db.ChangeNotifier;
import org.undersigned.server.platform.db.DatabaseRole;
import org.undersigned.server.platform.http.Assets;
import org.undersigned.server.platform.http.CachedResponses;

/// Builds what all publishing handlers use: response cache, assets, page rendering, change notifications.
public record SiteModule(CachedResponses responses, Assets assets, PageResponder pages, ChangeNotifier changes) {
    /// How the site presents itself.
    ///
    /// @param publicUrl where people reach this instance, without a path
    /// @param demo      true for the demonstration
    /// @param followed  true if campaigns can be followed over ActivityPub
    /// @param program   where people get the program that recounts, or null
    public record Settings(
            URI publicUrl,
            boolean demo,
            boolean followed,
            @Nullable URI program) {}

    public static SiteModule open(
            Resources resources,
            PlatformModule platform,
            Settings settings,
            CampaignStore campaigns,
            Boxes boxes,
            Register register) {
        var responses = new CachedResponses(platform.clock());
        var assets = Assets.load(responses);
        var snapshots = new SnapshotCache(campaigns, boxes, register, platform.clock());
        var pages = new PageResponder(
                snapshots,
                responses,
                assets,
                settings.publicUrl(),
                settings.demo(),
                settings.followed(),
                settings.program());
        var changes = resources.keep(ChangeNotifier.listen(platform.as(DatabaseRole.SITE)));
        changes.onChange(snapshots::invalidate);
        return new SiteModule(responses, assets, pages, changes);
    }
}
