package org.undersigned.server.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.undersigned.cli.HttpSite;
import org.undersigned.cli.Signer;
import org.undersigned.cli.Wallet;
import org.undersigned.privacypass.IssuerPublicKey;
import org.undersigned.record.BoxId;
import org.undersigned.record.Manifest;
import org.undersigned.record.OfferedBoxes;
import org.undersigned.record.Statement;
import org.undersigned.record.recount.Recount;
import org.undersigned.record.recount.Report;
import org.undersigned.server.count.register.NamedRelay;
import org.undersigned.server.count.register.Register;
import org.undersigned.server.count.roll.Cards;
import org.undersigned.server.count.witness.WitnessPeers;
import org.undersigned.server.demo.Demo;
import org.undersigned.server.instance.Config;
import org.undersigned.server.instance.Instance;
import org.undersigned.server.instance.Routes;
import org.undersigned.server.instance.Settings;
import org.undersigned.server.platform.crypto.MasterKey;
import org.undersigned.server.support.TestCluster.Template;
import org.undersigned.server.support.TestCluster.TestDatabase;
import org.undersigned.tlog.NoteVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The real server in this process on a real PostgreSQL, with the demonstration campaign but without its simulated
/// signers; and people who use it over HTTP. As a `@RegisterExtension` it starts before the test class and stops
/// after it. An instance started with [#start] is closed by the caller.
public final class TestInstance implements AutoCloseable, BeforeAllCallback, AfterAllCallback {
    public static final String TUFTS = "/p/tufts-sanctuary";

    private static final JsonMapper JSON = new JsonMapper();

    private final Options options;
    private final HttpClient http = new CheckedClient();
    private final SecureRandom random = new SecureRandom();
    private List<URI> verifiers = List.of();
    private @Nullable Running running;

    /// The options of an instance.
    ///
    /// @param template   initial content of its database
    /// @param ownCluster true if it has its own PostgreSQL and files, with a new demonstration
    /// @param peers      the witnesses of its logs
    /// @param reachable  true if its port is known before it starts, so that the URLs it publishes lead to this
    ///     instance
    /// @param batches    how the boxes publish that it opens
    /// @param relay      through which clients cast; null for none
    private record Options(
            Template template,
            boolean ownCluster,
            boolean reachable,
            Clock clock,
            WitnessPeers peers,
            Manifest.Publish batches,
            @Nullable TestRelay relay) {
        private static Options of(Template template) {
            return new Options(template, false, false, Clock.systemUTC(), WitnessPeers.NONE, Demo.BATCHES, null);
        }
    }

    /// @param database null if it has its own cluster
    private record Running(
            Instance instance, Path data, @Nullable TestDatabase database) {}

    private TestInstance(Options options) {
        this.options = options;
    }

    /// Returns an instance with the demonstration campaign.
    public static TestInstance ofDemonstration() {
        return new TestInstance(Options.of(Template.DEMONSTRATION));
    }

    /// Returns an instance with the demonstration campaign and the example campaign, whose boxes are open and whose
    /// action is announced.
    public static TestInstance ofExample() {
        return new TestInstance(Options.of(Template.EXAMPLE));
    }

    /// Returns this configuration with new keys and boxes, which no other instance has.
    public TestInstance withOwnKeys() {
        return new TestInstance(new Options(
                Template.MIGRATED,
                false,
                options.reachable,
                options.clock,
                options.peers,
                options.batches,
                options.relay));
    }

    /// Returns this configuration with its own PostgreSQL under its data directory.
    public TestInstance withOwnCluster() {
        return new TestInstance(new Options(
                Template.MIGRATED,
                true,
                options.reachable,
                options.clock,
                options.peers,
                options.batches,
                options.relay));
    }

    /// Returns this configuration with a port that is known before the start, so that the URLs the instance
    /// publishes lead to it.
    public TestInstance reachable() {
        return new TestInstance(new Options(
                options.template,
                options.ownCluster,
                true,
                options.clock,
                options.peers,
                options.batches,
                options.relay));
    }

    /// Returns this configuration with a witness, which must have cosigned before anybody signs.
    public TestInstance watchedBy(TestWitness witness) {
        return new TestInstance(new Options(
                options.template,
                options.ownCluster,
                options.reachable,
                options.clock,
                witness.peers(),
                options.batches,
                options.relay));
    }

    public TestInstance at(Clock clock) {
        return new TestInstance(new Options(
                options.template,
                options.ownCluster,
                options.reachable,
                clock,
                options.peers,
                options.batches,
                options.relay));
    }

    /// Returns this configuration with new keys and boxes that publish by `batches`.
    public TestInstance publishing(Manifest.Publish batches) {
        return new TestInstance(new Options(
                Template.MIGRATED,
                options.ownCluster,
                options.reachable,
                options.clock,
                options.peers,
                batches,
                options.relay));
    }

    /// Returns this configuration with a relay beside it, which its register names and which it closes.
    public TestInstance relayedBy(TestRelay relay) {
        return new TestInstance(new Options(
                options.template, options.ownCluster, true, options.clock, options.peers, options.batches, relay));
    }

    /// From the next start on, the record pages link to these copies of the verifier.
    public void nameVerifiers(List<URI> others) {
        verifiers = List.copyOf(others);
    }

    /// Starts the instance; returns when it is ready.
    public TestInstance start() {
        if (running != null) throw new IllegalStateException("it runs already");
        var port = options.reachable() ? Ports.free() : 0;
        if (options.ownCluster()) {
            var data = temporaryDirectory();
            TestCluster.linkPrograms(data);
            running = new Running(Instance.start(config(data, port), options.clock()), data, null);
        } else {
            startOn(TestCluster.shared().database(options.template()), port);
        }
        return this;
    }

    private void startOn(TestDatabase database, int port) {
        var named = options.relay() == null ? null : options.relay().start(port);
        // MIGRATED contains no sealed keys, so the instance can create its own master key.
        var data = options.template() == Template.MIGRATED
                ? temporaryDirectory()
                : TestCluster.shared().dataDirectory();
        running = new Running(
                Instance.start(
                        config(data, port, database, options.peers(), options.batches(), named)
                                .with(verifiers),
                        options.clock()),
                data,
                database);
    }

    /// Starts another node of this running instance: on its database, with its keys and its public address, but with a
    /// port and a directory of its own. The caller closes it with [#end], before this one.
    public TestInstance startNode() {
        var first = running();
        if (first.database() == null || options.reachable()) {
            throw new IllegalStateException("it has a PostgreSQL or an address of its own");
        }
        var data = temporaryDirectory();
        try {
            Files.copy(first.data().resolve("master.key"), data.resolve("master.key"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var node = new TestInstance(options);
        var config = config(data, 0, first.database(), options.peers(), options.batches(), null);
        node.running = new Running(Instance.start(config, options.clock()), data, first.database());
        return node;
    }

    /// Ends this node only: the database stays.
    public void end() {
        running().instance().close();
        for (var file : filesOfData()) file.toFile().delete();
        running = null;
    }

    /// Starts an instance on a database that becomes a template, and runs `work` to fill it.
    static void fill(TestDatabase database, Consumer<TestInstance> work) {
        var instance = ofDemonstration();
        instance.startOn(database, 0);
        work.accept(instance);
        instance.running().instance().close(); // do not drop the database
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (running != null) close(); // null if it could not start
    }

    private Running running() {
        if (running == null) throw new IllegalStateException("it does not run");
        return running;
    }

    /// Returns the configuration that the command `demo` creates.
    public static Config config(Path data, int port) {
        return Config.demo(new Settings(Map.of(
                "UNDERSIGNED_DEMO_SIGNERS", "no",
                "UNDERSIGNED_DATA", data.toString(),
                "PORT", Integer.toString(port))));
    }

    /// Returns the configuration of [#config(Path, int)] on another database.
    public static Config config(Path data, int port, TestDatabase database) {
        return config(data, port, database, WitnessPeers.NONE, Demo.BATCHES, null);
    }

    private static Config config(
            Path data,
            int port,
            TestDatabase database,
            WitnessPeers peers,
            Manifest.Publish batches,
            @Nullable NamedRelay relay) {
        var plain = config(data, port);
        return new Config(
                plain.mode(),
                plain.bind(),
                plain.port(),
                plain.data(),
                plain.publicUrl(),
                database.jdbcUrl(),
                database.user(),
                database.password(),
                null,
                plain.smtp(),
                plain.signers(),
                plain.federates(),
                plain.program(),
                plain.verifiers(),
                peers,
                batches,
                relay);
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("undersigned-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path data() {
        return running().data();
    }

    /// Returns the environment variables with which a command uses this instance's database.
    public Map<String, String> environment() {
        var database = running().database();
        return database == null ? Map.of() : database.environment();
    }

    /// Waits until `condition` is true, at most one minute.
    public void await(String what, BooleanSupplier condition) {
        for (var attempt = 0; !condition.getAsBoolean(); attempt++) {
            if (attempt == 2400) throw new AssertionError("timeout after one minute: " + what);
            sleep(25);
        }
    }

    /// Imports a campaign as an operator does, while the instance runs, and waits until its boxes are open.
    public void importCampaign(Path document, String... paths) {
        command("import", "campaign", "--supersede", "--now", document.toString())
                .isDone();
        for (var path : paths) {
            await(path + " has a box", () -> get(path + "/record").statusCode() == 200);
        }
    }

    /// Imports campuses from rows of the federal file and a JSON list of mail domains.
    public void importCampuses(String rows, String domains) throws IOException {
        var header = "UNITID,INSTNM,IALIAS,CITY,STABBR,ZIP,WEBADDR,ICLEVEL,CONTROL,CLOSEDAT,DEATHYR,CYACTIVE,F1SYSNAM,"
                + "COUNTYNM,LONGITUD,LATITUDE\n";
        var files = Files.createTempDirectory("undersigned-campuses");
        var institutions = Files.writeString(files.resolve("HD.csv"), header + rows);
        var named = Files.writeString(files.resolve("domains.json"), domains);
        command("import", "campuses", institutions.toString(), named.toString()).isDone();
    }

    /// Runs `moderate` with `typed` as input; returns its output.
    public String moderate(String typed, String... arguments) {
        return moderation(typed, arguments).isDone().out();
    }

    /// Runs `moderate` with `typed` as input.
    public CommandRun moderation(String typed, String... arguments) {
        return CommandRun.of(
                environment(),
                typed,
                Stream.of(Stream.of("moderate"), Stream.of(arguments), Stream.of("--data", data().toString()))
                        .flatMap(words -> words)
                        .toArray(String[]::new));
    }

    /// Runs a command on this instance's database and data directory.
    public CommandRun command(String... arguments) {
        return CommandRun.of(
                environment(),
                Stream.concat(Stream.of(arguments), Stream.of("--data", data().toString()))
                        .toArray(String[]::new));
    }

    public List<Routes.Route> routes() {
        return running().instance().routes();
    }

    public long statements() {
        return running().instance().statements();
    }

    /// Returns the base URL that the instance publishes.
    public String publicUrl() {
        return running().instance().publicUrl().toString();
    }

    public URI url(String path) {
        return URI.create("http://localhost:" + running().instance().port() + path);
    }

    /// Returns a new random address at Tufts.
    public String freshAddress() {
        return "member" + Long.toString(random.nextLong(1L << 40), 36) + "@tufts.edu";
    }

    /// Waits for a code mailed to `address`; returns the newest, eight letters and digits.
    public String code(String address) {
        for (var attempt = 0; attempt < 1200; attempt++) {
            var mails =
                    json(get("/demo/inbox.json?to=" + address.replaceFirst("\\+[^@]*@", "@"))); // sent without a tag
            if (!mails.isEmpty()) {
                return mails.get(0)
                        .get("subject")
                        .stringValue()
                        .replaceAll(".*: ", "")
                        .replace(" ", "");
            }
            sleep(25);
        }
        throw new AssertionError("no code arrived");
    }

    public Person person() {
        return new Person(freshAddress());
    }

    /// Lets `count` new people sign at Tufts, for example to fill a batch.
    public void crowd(int count) {
        for (var i = 0; i < count; i++) person().drawBook().cast(0);
    }

    /// A person at Tufts with their own wallet.
    public final class Person {
        private final HttpSite site = new HttpSite(url("/"), new CheckedClient());
        private final Signer signer;
        private final String address;
        private org.undersigned.cli.Book book;

        public Person(String address) {
            this.address = address;
            try {
                var wallet = Wallet.inMemory();
                signer = new Signer(site, Signer.instance(site), "tufts.edu", address, wallet, random);
                book = signer.fetchBook();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        public Person drawBook() {
            try {
                signer.requestCode();
                signer.draw(book, code(address));
                return this;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        public void requestCode() throws IOException {
            signer.requestCode();
        }

        public void draw(String code) throws IOException {
            signer.draw(book, code);
        }

        public void castOrThrow(Manifest box) throws IOException {
            var _ = signer.cast(box, 0, null);
        }

        public void cast(int affiliation) {
            try {
                var _ = signer.cast(box(), affiliation, null);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        /// Signs with a public statement.
        public void castWithStatement(@Nullable String name, @Nullable String comment, int affiliation) {
            try {
                var said =
                        new Statement(name, comment, Long.toString(random.nextLong(), 36) + "-salt-for-the-test-only");
                var _ = signer.cast(box(), affiliation, said);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        public void withdraw() throws IOException {
            var _ = signer.withdraw(box());
        }

        Manifest box() {
            return book.manifests().stream()
                    .filter(manifest -> manifest.subject().path().equals(TUFTS))
                    .findFirst()
                    .orElseThrow();
        }
    }

    public Manifest box() {
        return person().box();
    }

    /// The key of the box's first class.
    public IssuerPublicKey keyOf(Manifest box) {
        return IssuerPublicKey.parse(get(box.classes().getFirst().keyPath()).body());
    }

    /// Waits until the page shows at least `count` signatures; returns the shown count.
    public long published(int count) {
        await(count + " published", () -> shownCount() >= count);
        return shownCount();
    }

    /// Returns the count on the petition's page; 0 if the page shows none.
    public long shownCount() {
        var match = java.util.regex.Pattern.compile("<data class=\"count\"[^>]* value=\"([0-9]+)\"")
                .matcher(text(get(TUFTS)));
        return match.find() ? Long.parseLong(match.group(1)) : 0;
    }

    public Report recount() {
        return recountOf(box().box());
    }

    /// Connects to the database as superuser.
    public Connection database() throws IOException, SQLException {
        return connect("postgres");
    }

    /// Connects to the database as one of the server's roles: `roll`, `box`, `register`, `site` or `fediverse`.
    public Connection databaseAs(String role) throws IOException, SQLException {
        var url = databaseUrl();
        return connect(role + "_of_" + url.substring(url.lastIndexOf('/') + 1));
    }

    private Connection connect(String login) throws IOException, SQLException {
        return DriverManager.getConnection("jdbc:" + databaseUrl(), login, databasePassword(login));
    }

    /// Returns the database's URL in the form of `DATABASE_URL`.
    public String databaseUrl() throws IOException {
        var database = running().database();
        if (database != null) return database.url();
        var pid = Files.readAllLines(data().resolve("postgresql/cluster/postmaster.pid"));
        return "postgresql://127.0.0.1:" + pid.get(3).strip() + "/postgres";
    }

    public String databasePassword(String login) throws IOException {
        var database = running().database();
        if (database != null && login.equals(database.user())) return database.password();
        return MasterKey.at(data().resolve("master.key"), random).password("db/" + login);
    }

    /// Runs a query as superuser; returns the first column as text.
    public List<String> query(String sql) {
        try (var superuser = database();
                var statement = superuser.createStatement();
                var rows = statement.executeQuery(sql)) {
            var answers = new ArrayList<String>();
            while (rows.next()) answers.add(rows.getString(1));
            return answers;
        } catch (IOException | SQLException e) {
            throw new AssertionError(e);
        }
    }

    public NoteVerifier registerKey() {
        return register().key().registerVerifier();
    }

    public Register register() {
        return running().instance().count().register();
    }

    /// The boxes that the register offers.
    public OfferedBoxes offered() {
        return register().offered();
    }

    /// The cards for drawing in person.
    public Cards cards() {
        return running().instance().count().cards();
    }

    /// Makes cards for a campus that can be used for a day; returns their codes, of 16 bytes each.
    public List<byte[]> makeCards(String campus, int count) {
        var until = Instant.now().plus(Duration.ofDays(1));
        return cards().make(campus, count, until, _ -> {}).orElseThrow().codes();
    }

    /// Runs the one-minute opening job now.
    public void runOpening() {
        running().instance().count().provisioner().provision();
        running().instance().count().publisher().publishWaiting();
    }

    /// Runs the hourly job now that replaces the gateway's keys.
    public void renewGatewayKeys() {
        running().instance().count().gatewayKeys().renew();
    }

    /// Runs the hourly tally job now.
    public void runTally() {
        running().instance().count().roll().tally();
    }

    /// Runs the ten-minute shuffle job now.
    public void runShuffle() {
        running().instance().count().eraseTraces();
    }

    /// Runs the one-minute closing job now.
    public void runClosing() {
        running().instance().count().closer().closeFinished();
    }

    /// Runs the one-minute job now that ends cards and roll-years.
    public void runForgetting() {
        running().instance().count().cards().cancelEnded();
        running().instance().count().roll().deleteExpired();
    }

    public Report recountOf(BoxId box) {
        try {
            return Recount.run(new HttpSite(url("/"), new CheckedClient()), box);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public HttpResponse<byte[]> get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    public HttpResponse<byte[]> head(String path, String... headers) {
        return send("HEAD", path, headers);
    }

    public HttpResponse<byte[]> postJson(String path, String body, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public HttpResponse<byte[]> postBytes(String path, byte[] body, String... headers) {
        return send(request(path, headers).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(url(path)).timeout(Duration.ofSeconds(30));
        return headers.length == 0 ? request : request.headers(headers);
    }

    public HttpResponse<byte[]> send(String method, String path, String... headers) {
        return send(request(path, headers).method(method, HttpRequest.BodyPublishers.noBody()));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder builder) {
        try {
            return http.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    public static JsonNode json(HttpResponse<byte[]> response) {
        return JSON.readTree(response.body());
    }

    public static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    /// Returns the last part of the `type` of an `application/problem+json` response.
    public static String problem(HttpResponse<byte[]> response) {
        return json(response).get("type").stringValue().replaceAll(".*:", "");
    }

    public static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// Returns every file that the instance keeps.
    ///
    /// @throws IllegalStateException if its PostgreSQL is shared: then most of what it keeps is elsewhere
    public List<Path> files() {
        if (running().database() != null) throw new IllegalStateException("use withOwnCluster()");
        return filesOfData();
    }

    /// Returns the bytes of one of [#files], each as a character; nothing if PostgreSQL removed it meanwhile.
    public static String textOf(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Writes all that PostgreSQL has in memory to its files, as an image of a running machine's disk would find it.
    public void flush() {
        try (var superuser = database();
                var statement = superuser.createStatement()) {
            statement.execute("CHECKPOINT");
        } catch (IOException | SQLException e) {
            throw new AssertionError(e);
        }
    }

    private List<Path> filesOfData() {
        var files = new ArrayList<Path>();
        try {
            Files.walkFileTree(data(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()) files.add(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE; // PostgreSQL removed it meanwhile
                }
            });
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return files;
    }

    @Override
    public void close() {
        var stopped = running();
        stopped.instance().close();
        try {
            if (options.relay() != null) options.relay().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (var file : filesOfData()) file.toFile().delete();
        if (stopped.database() != null) stopped.database().close();
        running = null;
    }
}
