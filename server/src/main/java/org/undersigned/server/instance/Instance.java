package org.undersigned.server.instance;

import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.FastestProvider;
import org.undersigned.record.RegisterLeaf;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.content.directory.DirectoryStore;
import org.undersigned.server.count.box.BoxHandler;
import org.undersigned.server.count.box.Boxes;
import org.undersigned.server.count.box.Publisher;
import org.undersigned.server.count.lifecycle.BoxCloser;
import org.undersigned.server.count.lifecycle.BoxOpener;
import org.undersigned.server.count.lifecycle.BoxProvisioner;
import org.undersigned.server.count.moderation.Moderation;
import org.undersigned.server.count.register.Register;
import org.undersigned.server.count.register.RegisterHandler;
import org.undersigned.server.count.roll.CodeMail;
import org.undersigned.server.count.roll.Issuers;
import org.undersigned.server.count.roll.Roll;
import org.undersigned.server.count.roll.RollHandler;
import org.undersigned.server.count.witness.CosignatureCollector;
import org.undersigned.server.count.witness.InstanceWitness;
import org.undersigned.server.count.witness.WitnessHandler;
import org.undersigned.server.count.witness.WitnessPeers;
import org.undersigned.server.demo.Demo;
import org.undersigned.server.demo.DemoInbox;
import org.undersigned.server.demo.DemoSigners;
import org.undersigned.server.demo.DemoStatements;
import org.undersigned.server.platform.StartupFailure;
import org.undersigned.server.platform.crypto.CryptoPool;
import org.undersigned.server.platform.crypto.MasterKey;
import org.undersigned.server.platform.db.ChangeNotifier;
import org.undersigned.server.platform.db.DataDirectory;
import org.undersigned.server.platform.db.Database;
import org.undersigned.server.platform.db.DatabaseRole;
import org.undersigned.server.platform.db.PrivatePostgres;
import org.undersigned.server.platform.http.Assets;
import org.undersigned.server.platform.http.CachedResponses;
import org.undersigned.server.platform.http.HttpServer;
import org.undersigned.server.platform.http.OutboundPolicy;
import org.undersigned.server.platform.http.RenderQueue;
import org.undersigned.server.platform.job.Scheduler;
import org.undersigned.server.platform.mail.MailQueue;
import org.undersigned.server.platform.mail.SmtpTransport;
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
import org.undersigned.server.publish.paper.PaperHandler;
import org.undersigned.server.publish.share.CardHandler;
import org.undersigned.server.publish.share.EmbedHandler;
import org.undersigned.server.publish.share.SearchEngineHandler;
import org.undersigned.server.site.PageResponder;
import org.undersigned.server.site.SnapshotCache;

/// A running instance: everything wired with `new`, closed in the opposite order.
public final class Instance implements AutoCloseable {
    private final Config config;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final @Nullable DemoSigners signers;
    private final BoxCloser closer;
    private final Roll roll;
    private final Boxes boxes;
    private final Routes routes;
    private final WebServer web;
    private final Database database;

    /// @throws StartupFailure in one line what stands in the way; whatever was started is stopped again
    public static Instance start(Config config) {
        return start(config, Clock.systemUTC());
    }

    /// As {@link #start(Config)}, at a time of the caller's choosing.
    public static Instance start(Config config, Clock clock) {
        return new Instance(config, clock);
    }

    private Instance(Config config, Clock clock) {
        this.config = config;
        try {
            HttpServer.refuseTakenPort(config.bind(), config.port());
            var random = new SecureRandom();
            var _ = FastestProvider.install();
            var data = keep(DataDirectory.hold(config.data()));
            var masterKey = masterKey(config.masterKey(), data.path(), random);
            database = keep(database(config, data, masterKey));
            var crypto = keep(new CryptoPool());
            var register = Register.open(database.as(DatabaseRole.REGISTER), config.host(), masterKey, random);
            var ownWitness = InstanceWitness.open(
                    database.as(DatabaseRole.REGISTER),
                    config.host(),
                    config.peers().logs(),
                    masterKey,
                    random,
                    clock);
            var witnesses = config.peers().witnesses();
            var witnessKeys = witnesses.stream().map(WitnessPeers.Peer::key).toList();
            var inbox = config.mode() == Config.Mode.DEMO ? new DemoInbox() : null;
            var mailQueue = keep(new MailQueue(inbox != null ? inbox : new SmtpTransport(smtp(config))));
            var issuers = new Issuers(database.as(DatabaseRole.ROLL), masterKey, crypto);
            var codeMail = new CodeMail(config.publicUrl().getAuthority());
            roll = new Roll(
                    database.as(DatabaseRole.ROLL), register, issuers, masterKey, mailQueue, codeMail, random, clock);
            boxes = new Boxes(database.as(DatabaseRole.BOX), register.key(), crypto, clock);
            var publisher =
                    new Publisher(database.as(DatabaseRole.BOX), register, clock, () -> database.vacuum("box.leaf"));
            var opener = new BoxOpener(register, issuers::generate, boxes::open, roll::latestClosing, random, clock);
            opener.resume();
            var responses = new CachedResponses(clock);
            var assets = Assets.load(responses);
            var campaigns = new CampaignStore(database.as(DatabaseRole.SITE));
            var provisioner = new BoxProvisioner(
                    campaigns, roll::enrol, opener, inbox == null ? BoxProvisioner.BATCHES : Demo.BATCHES);
            if (inbox != null) Demo.load(campaigns);
            provisioner.provision();
            publisher.publishWaiting(); // every box shows its first checkpoint before the first page is asked for
            releaseClient(register, assets);
            var snapshots = new SnapshotCache(campaigns, boxes, clock);
            var pages = new PageResponder(
                    snapshots, responses, assets, config.publicUrl(), inbox, config.federates(), config.program());
            var activityPub = keep(new ActivityPub(
                    config.federates(),
                    inbox == null ? OutboundPolicy.INTERNET : OutboundPolicy.LOOPBACK,
                    database.as(DatabaseRole.FEDIVERSE),
                    campaigns,
                    pages,
                    masterKey,
                    crypto,
                    random,
                    clock));
            var live = new LiveHandler(pages);
            System.setProperty("java.awt.headless", "true"); // pictures are drawn, no screen is asked for
            var queue = keep(new RenderQueue());
            var paper = new PaperHandler(
                    pages, boxes, queue, register.key().registerVerifier().vkey());
            var changes = keep(ChangeNotifier.listen(database.as(DatabaseRole.SITE)));
            changes.onChange(snapshots::invalidate);
            changes.onChange(live::change);
            if (!witnesses.isEmpty()) {
                var cosignatures = keep(CosignatureCollector.start(register, witnesses));
                changes.onChange(cosignatures::change);
            }
            routes = new Routes(
                    new CampaignHandler(pages, clock),
                    new BoxPagesHandler(pages, boxes, register, witnessKeys),
                    new CalendarHandler(pages),
                    new DataHandler(pages),
                    new DirectoryHandler(new DirectoryStore(database.as(DatabaseRole.SITE)), pages),
                    new FeedHandler(pages),
                    live,
                    new EmbedHandler(pages),
                    new RollHandler(roll),
                    new BoxHandler(boxes, responses),
                    new RegisterHandler(register, ownWitness.key(), witnessKeys, responses),
                    new WitnessHandler(ownWitness),
                    paper,
                    activityPub.handler(),
                    activityPub.discovery(),
                    pages,
                    assets,
                    new CardHandler(pages, queue),
                    new SearchEngineHandler(pages),
                    new ApiHandler(pages, responses),
                    new OsdiHandler(pages, responses));
            web = HttpServer.start(config.bind(), config.port(), routes, pages::problem);
            keep(web::stop);
            keep(live);
            var scheduler = keep(new Scheduler());
            scheduler.every(Duration.ofSeconds(1), "publish", publisher::publishWaiting);
            scheduler.every(Duration.ofSeconds(5), "open", provisioner::provision);
            scheduler.every(Duration.ofSeconds(5), "announce", activityPub::announce);
            scheduler.every(Duration.ofSeconds(2), "deliver", activityPub::deliver);
            closer = new BoxCloser(publisher, register, issuers::destroy);
            scheduler.every(Duration.ofMinutes(1), "close", closer::closeFinished);
            scheduler.every(Duration.ofMinutes(1), "forget", roll::forget);
            scheduler.every(Duration.ofMinutes(10), "shuffle", this::shuffle);
            signers = inbox != null && config.signers() ? keep(signers(web.port(), inbox, random)) : null;
            if (signers == null) {
                scheduler.every(Duration.ofHours(1), "tally", roll::tally);
            } else {
                var moderation = new Moderation(database.as(DatabaseRole.BOX), clock);
                scheduler.every(Duration.ofSeconds(5), "moderate", () -> DemoStatements.moderate(moderation));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /// The key everything secret is sealed under.
    ///
    /// @param given in base64, or null for the file in the data directory
    public static MasterKey masterKey(@Nullable String given, Path data, SecureRandom random) {
        var file = data.resolve("master.key");
        if (given == null && !Files.exists(file) && Files.exists(privatePostgres(data))) {
            throw new StartupFailure(
                    file + " is missing: nothing in " + data + " can be opened without it; put your copy there");
        }
        try {
            return given != null ? MasterKey.parse(given, random) : MasterKey.at(file, random);
        } catch (IOException | IllegalArgumentException e) {
            throw new StartupFailure("the master key cannot be used: " + e.getMessage(), e);
        }
    }

    private Database database(Config config, DataDirectory data, MasterKey masterKey) {
        if (config.database() != null) {
            return Database.open(config.database(), config.databaseUser(), config.databasePassword(), masterKey);
        }
        var postgres = keep(PrivatePostgres.start(privatePostgres(data.path()), passwordOf(masterKey)));
        return openPrivate(postgres.url(), masterKey);
    }

    /// Where an instance's private PostgreSQL lies.
    public static Path privatePostgres(Path data) {
        return data.resolve("postgresql");
    }

    /// The password of its superuser.
    public static String passwordOf(MasterKey masterKey) {
        return masterKey.password("db/postgres");
    }

    /// As an owner of the private PostgreSQL, beside the instance that may run on it.
    public static Database besidePrivate(String url, MasterKey masterKey, DatabaseRole role) {
        return Database.openBeside(url, "postgres", passwordOf(masterKey), masterKey, role);
    }

    static Database openPrivate(String url, MasterKey masterKey) {
        return Database.open(url, "postgres", passwordOf(masterKey), masterKey);
    }

    private static SmtpTransport.Settings smtp(Config config) {
        if (config.smtp() == null) throw new StartupFailure("set SMTP_HOST: the mail server that sends the codes");
        return config.smtp();
    }

    /// Tells the world which files a browser runs (PROTOCOL §9); the same release is told once.
    private static void releaseClient(Register register, Assets assets) {
        var version = Instance.class.getPackage().getImplementationVersion();
        register.append(new RegisterLeaf.ClientReleased(version == null ? "development" : version, assets.digests()));
    }

    private <T extends AutoCloseable> T keep(T resource) {
        open.push(resource);
        return resource;
    }

    /// How many statements the database was asked since the start.
    public long statements() {
        return database.statements();
    }

    public URI publicUrl() {
        return config.publicUrl();
    }

    /// Loses the order of the draws, and the words of deleted statements, on disk too.
    public void shuffle() {
        if (roll.shuffle()) database.vacuum("roll.issued", "roll.book");
        database.rewriteIfDead("box.statement");
    }

    public Roll roll() {
        return roll;
    }

    public BoxCloser closing() {
        return closer;
    }

    public List<Routes.Route> routes() {
        return routes.all();
    }

    public int port() {
        return web.port();
    }

    /// What a person needs to know now, a line each.
    public List<String> addresses() {
        var base = config.mode() == Config.Mode.DEMO
                ? "http://localhost:" + port()
                : config.publicUrl().toString();
        var lines = new ArrayList<String>();
        lines.add("Undersigned is ready: " + base);
        if (config.mode() == Config.Mode.DEMO) {
            lines.add("  A petition to sign:   " + base + "/p/tufts-sanctuary");
            lines.add("  The code you are sent: " + base + "/demo/inbox");
            lines.add("  Recount it:           ./undersigned recount " + base + "/p/tufts-sanctuary");
        }
        lines.add("Stop with Ctrl-C.");
        return lines;
    }

    /// Starts what goes on in the background once people can come.
    public void afterStart() {
        if (signers == null) return;
        var crowds =
                List.of(crowd("tufts.edu", "/p/tufts-sanctuary", 2_600), crowd("usc.edu", "/p/usc-sanctuary", 4_800));
        Thread.ofPlatform().name("demonstration").daemon().start(() -> {
            if (signers.sign(crowds)) roll.tally();
        });
    }

    private DemoSigners.Crowd crowd(String campus, String path, int count) {
        var counted = boxes.published().stream()
                .filter(published -> published.manifest().subject().path().equals(path))
                .flatMap(published -> published.counts().stream())
                .mapToLong(Boxes.ClassCount::entries)
                .sum();
        return new DemoSigners.Crowd(campus, path, count, counted);
    }

    private static DemoSigners signers(int port, DemoInbox inbox, SecureRandom random) {
        return new DemoSigners(URI.create("http://localhost:" + port), inbox, random, System.out::println);
    }

    /// Stops taking requests, then everything else, last opened first. Safe to call twice.
    @Override
    public synchronized void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                System.getLogger(Instance.class.getName())
                        .log(
                                System.Logger.Level.WARNING,
                                "stopping: {0}",
                                e.getClass().getName());
            }
        }
    }
}
