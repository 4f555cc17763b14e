package org.undersigned.server.instance;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.count.CountModule;
import org.undersigned.server.demo.DemoModule;
import org.undersigned.server.platform.PlatformModule;
import org.undersigned.server.platform.Resources;
import org.undersigned.server.platform.db.DatabaseRole;
import org.undersigned.server.platform.db.DiskSpace;
import org.undersigned.server.platform.http.HttpServer;
import org.undersigned.server.platform.http.OutboundPolicy;
import org.undersigned.server.platform.job.BoundedJob;
import org.undersigned.server.platform.job.Scheduler;
import org.undersigned.server.platform.mail.MailQueue;
import org.undersigned.server.platform.mail.SmtpTransport;
import org.undersigned.server.platform.startup.StartupFailure;
import org.undersigned.server.publish.PublishModule;
import org.undersigned.server.site.SiteModule;

/// A running instance. Each module builds itself and receives the modules that it uses. They are closed in the
/// opposite order.
public final class Instance implements AutoCloseable {
    private final Config config;
    private final Resources resources = new Resources();
    private final PlatformModule platform;
    private final CountModule count;
    private final Routes routes;
    private final HttpServer server;
    private final Scheduler scheduler;
    private final @Nullable DemoModule demo;

    /// @throws StartupFailure with one line that names the problem; everything that was started is stopped again
    public static Instance start(Config config) {
        return start(config, Clock.systemUTC());
    }

    /// Like {@link #start(Config)}, with the caller's clock.
    public static Instance start(Config config, Clock clock) {
        return new Instance(config, clock);
    }

    private Instance(Config config, Clock clock) {
        this.config = config;
        try {
            HttpServer.refuseTakenPort(config.bind(), config.port());
            platform =
                    PlatformModule.open(resources, config.data(), config.masterKey(), config.databaseServer(), clock);
            var campaigns = new CampaignStore(platform.as(DatabaseRole.SITE));
            demo = config.isDemo() ? new DemoModule(campaigns) : null;
            var mails = resources.keep(new MailQueue(demo != null ? demo.inbox() : new SmtpTransport(smtp(config))));
            count = new CountModule(platform, countSettings(config), campaigns, mails);
            var site = SiteModule.open(
                    resources, platform, siteSettings(config), campaigns, count.boxes(), count.register());
            releaseClient(site);
            var publish = PublishModule.open(
                    resources,
                    platform,
                    campaigns,
                    count,
                    site,
                    config.federates(),
                    config.isDemo() ? OutboundPolicy.LOOPBACK : OutboundPolicy.INTERNET,
                    config.verifiers());
            count.collectCosignatures(resources, site.changes());
            routes = new Routes(count, site, publish, demo, isSpaceLow(config));
            server = resources.keep(HttpServer.start(config.bind(), config.port(), routes, publish.pages()::problem));
            resources.keep(publish.live());
            scheduler = resources.keep(new Scheduler());
            schedule(site, publish);
        } catch (RuntimeException e) {
            resources.close();
            throw e;
        }
    }

    /// Schedules the jobs. A changed campaign wakes the jobs "open" and "announce"; if the notification is lost,
    /// each runs again within a minute.
    private void schedule(SiteModule site, PublishModule publish) {
        var activityPub = publish.activityPub();
        var publishing = scheduler.every(Duration.ofSeconds(1), "publish", count.publisher()::publishWaiting);
        var opening = scheduler.every(Duration.ofMinutes(1), "open", () -> {
            count.provisioner().provision();
            publishing.wake(); // each new box gets its first checkpoint
        });
        var delivering = scheduler.every(Duration.ofSeconds(2), "deliver", activityPub::deliver);
        var announcing = scheduler.every(Duration.ofMinutes(1), "announce", () -> {
            activityPub.announce();
            delivering.wake();
        });
        for (var job : List.of(opening, announcing)) {
            site.changes().onCampaignChange(job::wake);
            job.wake(); // a change between its first run and the line above
        }
        scheduler.every(Duration.ofHours(1), "gateway", count.gatewayKeys()::renew);
        scheduler.every(Duration.ofMinutes(1), "close", count.closer()::closeFinished);
        scheduler.every(Duration.ofMinutes(1), "forget", () -> {
            count.cards().cancelEnded();
            count.roll().deleteExpired();
        });
        // a hundredth of the time, however large the rolls are
        var sweeps = new BoundedJob(0.01, platform.clock());
        scheduler.every(Duration.ofMinutes(10), "shuffle", () -> sweeps.run(count::eraseTraces));
        if (!config.signers()) scheduler.every(Duration.ofHours(1), "tally", count.roll()::tally);
    }

    /// Asks for the space of the private PostgreSQL; another server's disk is not known here.
    private static BooleanSupplier isSpaceLow(Config config) {
        if (config.databaseServer() != null) return () -> false;
        return DiskSpace.of(PlatformModule.privatePostgres(config.data()))::isLow;
    }

    private static CountModule.Settings countSettings(Config config) {
        return new CountModule.Settings(
                config.host(), config.publicUrl().getAuthority(), config.peers(), config.batches(), config.relay());
    }

    private static SiteModule.Settings siteSettings(Config config) {
        return new SiteModule.Settings(config.publicUrl(), config.isDemo(), config.federates(), config.program());
    }

    private static SmtpTransport.Settings smtp(Config config) {
        if (config.smtp() == null) throw new StartupFailure("set SMTP_HOST: the mail server that sends the codes");
        return config.smtp();
    }

    /// Records in the register which files a browser runs (PROTOCOL §9); the same release is recorded once.
    private void releaseClient(SiteModule site) {
        var version = Instance.class.getPackage().getImplementationVersion();
        count.register()
                .releaseClient(
                        version == null ? "development" : version,
                        site.assets().digests(),
                        platform.clock().instant());
    }

    /// The number of statements sent to the database since the start.
    public long statements() {
        return platform.database().statements();
    }

    public URI publicUrl() {
        return config.publicUrl();
    }

    public CountModule count() {
        return count;
    }

    public List<Routes.Route> routes() {
        return routes.all();
    }

    public int port() {
        return server.port();
    }

    /// The lines to print after the start: what to open.
    public List<String> addresses() {
        var base = config.isDemo()
                ? "http://localhost:" + port()
                : config.publicUrl().toString();
        var lines = new ArrayList<String>();
        lines.add("Undersigned is ready: " + base);
        if (config.isDemo()) {
            lines.add("  A petition to sign:   " + base + "/p/tufts-sanctuary");
            lines.add("  The code you are sent: " + base + "/demo/inbox");
            lines.add("  Recount it:           ./undersigned recount " + base + "/p/tufts-sanctuary");
        }
        return lines;
    }

    /// Starts the demonstration's signers, after the server accepts requests.
    public void afterStart() {
        if (demo != null && config.signers()) demo.startSigners(resources, scheduler, platform, count, port());
    }

    /// Stops accepting requests, then closes everything else, last opened first. Safe to call twice.
    @Override
    public void close() {
        resources.close();
    }
}
