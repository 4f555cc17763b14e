package org.undersigned.server.demo;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.count.CountModule;
import org.undersigned.server.count.box.Boxes;
import org.undersigned.server.count.moderation.Moderation;
import org.undersigned.server.platform.PlatformModule;
import org.undersigned.server.platform.Resources;
import org.undersigned.server.platform.db.DatabaseRole;
import org.undersigned.server.platform.job.Scheduler;

/// Builds the demonstration: a sample campaign, an inbox that everybody may read, programs that sign.
public final class DemoModule {
    private final DemoInbox inbox = new DemoInbox();

    /// Stores the demonstration campaign unless it is stored already.
    public DemoModule(CampaignStore campaigns) {
        Demo.load(campaigns);
    }

    public DemoInbox inbox() {
        return inbox;
    }

    /// Starts programs that sign at two campuses in the background, and shows their statements as a moderator
    /// would.
    ///
    /// @param port port of this instance
    public void startSigners(
            Resources resources, Scheduler scheduler, PlatformModule platform, CountModule count, int port) {
        var moderation = new Moderation(platform.as(DatabaseRole.BOX), platform.clock());
        var _ = scheduler.every(Duration.ofSeconds(5), "moderate", () -> DemoStatements.moderate(moderation));
        var signers = resources.keep(
                new DemoSigners(URI.create("http://localhost:" + port), inbox, platform.random(), System.out::println));
        var crowds = List.of(
                crowd(count, "tufts.edu", "/p/tufts-sanctuary", 2_600),
                crowd(count, "usc.edu", "/p/usc-sanctuary", 4_800));
        Thread.ofPlatform().name("demonstration").daemon().start(() -> {
            if (signers.sign(crowds)) count.roll().tally();
        });
    }

    private static DemoSigners.Crowd crowd(CountModule count, String campus, String path, int signers) {
        var counted = count.boxes().published().stream()
                .filter(published -> published.manifest().subject().path().equals(path))
                .flatMap(published -> published.counts().stream())
                .mapToLong(Boxes.ClassCount::entries)
                .sum();
        return new DemoSigners.Crowd(campus, path, signers, counted);
    }
}
