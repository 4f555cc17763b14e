package org.undersigned.server.publish;

import java.net.URI;
import java.util.List;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.content.directory.DirectoryStore;
import org.undersigned.server.count.CountModule;
import org.undersigned.server.platform.PlatformModule;
import org.undersigned.server.platform.Resources;
import org.undersigned.server.platform.db.DatabaseRole;
import org.undersigned.server.platform.http.OutboundPolicy;
import org.undersigned.server.platform.http.RenderQueue;
import org.undersigned.server.publish.activitypub.ActivityPub;
import org.undersigned.server.publish.api.ApiHandler;
import org.undersigned.server.publish.api.OsdiHandler;
import org.undersigned.server.publish.calendar.CalendarHandler;
import org.undersigned.server.publish.data.DataHandler;
import org.undersigned.server.publish.feed.FeedHandler;
import org.undersigned.server.publish.page.BoxPagesHandler;
import org.undersigned.server.publish.page.CampaignHandler;
import org.undersigned.server.publish.page.DirectoryHandler;
import org.undersigned.server.publish.page.LiveHandler;
import org.undersigned.server.publish.page.PageHandler;
import org.undersigned.server.publish.paper.PaperHandler;
import org.undersigned.server.publish.share.CardHandler;
import org.undersigned.server.publish.share.EmbedHandler;
import org.undersigned.server.publish.share.SearchEngineHandler;
import org.undersigned.server.site.SiteModule;

/// Builds the handlers of everything that an instance publishes.
public record PublishModule(
        PageHandler pages,
        CampaignHandler campaigns,
        BoxPagesHandler boxes,
        DirectoryHandler directory,
        LiveHandler live,
        CalendarHandler calendar,
        FeedHandler feed,
        DataHandler data,
        PaperHandler paper,
        CardHandler cards,
        EmbedHandler embed,
        SearchEngineHandler searchEngines,
        ApiHandler api,
        OsdiHandler osdi,
        ActivityPub activityPub) {
    /// @param followed true if campaigns can be followed over ActivityPub
    /// @param reach    the servers to which requests may be sent
    /// @param verifiers addresses of the verifier at other hosts
    public static PublishModule open(
            Resources resources,
            PlatformModule platform,
            CampaignStore campaigns,
            CountModule count,
            SiteModule site,
            boolean followed,
            OutboundPolicy reach,
            List<URI> verifiers) {
        System.setProperty("java.awt.headless", "true"); // cards are drawn without a screen
        var pages = site.pages();
        var live = new LiveHandler(pages);
        site.changes().onChange(live::change);
        var queue = resources.keep(new RenderQueue());
        var activityPub = resources.keep(new ActivityPub(
                followed,
                reach,
                platform.as(DatabaseRole.FEDIVERSE),
                campaigns,
                pages,
                platform.masterKey(),
                platform.crypto(),
                platform.random(),
                platform.clock()));
        return new PublishModule(
                new PageHandler(pages, count.relay()),
                new CampaignHandler(pages, count.register(), platform.clock()),
                new BoxPagesHandler(
                        pages, count.boxes(), count.register(), count.witnessKeys(), count.relay(), verifiers),
                new DirectoryHandler(new DirectoryStore(platform.as(DatabaseRole.SITE)), pages),
                live,
                new CalendarHandler(pages),
                new FeedHandler(pages),
                new DataHandler(pages),
                new PaperHandler(pages, count.boxes(), count.register(), queue),
                new CardHandler(pages, queue),
                new EmbedHandler(pages),
                new SearchEngineHandler(pages),
                new ApiHandler(pages, site.responses()),
                new OsdiHandler(pages, site.responses()),
                activityPub);
    }
}
