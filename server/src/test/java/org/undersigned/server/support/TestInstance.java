package org.undersigned.server.support;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.undersigned.cli.HttpSite;
import org.undersigned.cli.Signer;
import org.undersigned.cli.Wallet;
import org.undersigned.record.BoxId;
import org.undersigned.record.Manifest;
import org.undersigned.record.Statement;
import org.undersigned.record.recount.Recount;
import org.undersigned.record.recount.Report;
import org.undersigned.server.command.ImportCommand;
import org.undersigned.server.command.ModerateCommand;
import org.undersigned.server.instance.Config;
import org.undersigned.server.instance.Instance;
import org.undersigned.server.instance.Routes;
import org.undersigned.server.platform.crypto.MasterKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The real server on a real PostgreSQL in a directory of its own, with the demonstration campaign and no
/// demonstration signers; and people who use it over HTTP.
public final class TestInstance implements AutoCloseable {
    public static final String TUFTS = "/p/tufts-sanctuary";

    private static final JsonMapper JSON = new JsonMapper();

    private final Path data;
    private final Instance instance;
    private final HttpClient http = new CheckedClient();
    private final SecureRandom random = new SecureRandom();

    private TestInstance(Path data, int port, Clock clock) {
        this.data = data;
        this.instance = Instance.start(config(data, port), clock);
    }

    public static Config config(Path data, int port) {
        return Config.of(
                new String[] {"demo", "--no-signers", "--data", data.toString(), "--port", Integer.toString(port)},
                Map.of());
    }

    public static TestInstance start() {
        return start(Clock.systemUTC());
    }

    public static TestInstance start(Clock clock) {
        return start(0, clock);
    }

    /// At a port that is known before it starts, so that the addresses it publishes lead back to it.
    public static TestInstance reachable() {
        return reachable(Clock.systemUTC());
    }

    public static TestInstance reachable(Clock clock) {
        try (var socket = new ServerSocket(0)) {
            var port = socket.getLocalPort();
            socket.close();
            return start(port, clock);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TestInstance start(int port, Clock clock) {
        try {
            return new TestInstance(Files.createTempDirectory("undersigned-town"), port, clock);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public Path data() {
        return data;
    }

    /// Brings in a campaign as an operator does, while the town runs, and waits until its boxes are open.
    public void importCampaign(Path document, String... paths) {
        var _ = ImportCommand.run(
                new String[] {"import", "campaign", document.toString(), "--data", data.toString()}, Map.of());
        for (var path : paths) {
            for (var attempt = 0; get(path + "/record").statusCode() != 200; attempt++) {
                if (attempt == 600) throw new AssertionError(path + " has no box");
                sleep(50);
            }
        }
    }

    /// The directory, from the federal file's columns and the list of mail domains.
    public void importCampuses(String rows, String domains) throws IOException {
        var header = "UNITID,INSTNM,IALIAS,CITY,STABBR,ZIP,WEBADDR,ICLEVEL,CONTROL,CLOSEDAT,DEATHYR,CYACTIVE,F1SYSNAM,"
                + "COUNTYNM,LONGITUD,LATITUDE\n";
        var files = Files.createTempDirectory("undersigned-campuses");
        var institutions = Files.writeString(files.resolve("HD.csv"), header + rows);
        var named = Files.writeString(files.resolve("domains.json"), domains);
        var _ = ImportCommand.run(
                new String[] {"import", "campuses", institutions.toString(), named.toString(), "--data", data.toString()
                },
                Map.of());
    }

    /// What the command says when `typed` is typed.
    public String moderate(String typed, String... words) {
        var arguments = new ArrayList<>(List.of("moderate"));
        arguments.addAll(List.of(words));
        arguments.addAll(List.of("--data", data.toString()));
        var said = new ByteArrayOutputStream();
        ModerateCommand.run(
                arguments.toArray(new String[0]),
                Map.of(),
                new BufferedReader(new StringReader(typed)),
                new PrintStream(said, true, StandardCharsets.UTF_8));
        return said.toString(StandardCharsets.UTF_8);
    }

    public List<Routes.Route> routes() {
        return instance.routes();
    }

    public long statements() {
        return instance.statements();
    }

    /// What its pages call their own address.
    public String publicUrl() {
        return instance.publicUrl().toString();
    }

    public URI url(String path) {
        return URI.create("http://localhost:" + instance.port() + path);
    }

    /// A campus member's address nobody used before.
    public String freshAddress() {
        return "member" + Long.toString(random.nextLong(1L << 40), 36) + "@tufts.edu";
    }

    /// The newest code mailed to `address`, eight digits; waits for it.
    public String code(String address) {
        for (var attempt = 0; attempt < 1200; attempt++) {
            var mails = json(get("/demo/inbox.json?to=" + address.replace("+", "%2B")));
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

    /// The newest code mailed to `address` once it is another than `before`.
    public String newCode(String address, String before) {
        for (var attempt = 0; attempt < 1200; attempt++) {
            var code = code(address);
            if (!code.equals(before)) return code;
            sleep(25);
        }
        throw new AssertionError("no new code arrived");
    }

    public Person person() {
        return new Person(freshAddress());
    }

    /// Lets `count` people sign at Tufts, so that a batch is full.
    public void crowd(int count) {
        for (var i = 0; i < count; i++) person().drawBook().cast(0);
    }

    /// Somebody at Tufts, with a wallet of their own.
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

        /// Signs, and says something in public.
        public void say(@Nullable String name, @Nullable String comment, int affiliation) {
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

    /// Waits until the page counts at least `count`, and says what it counts.
    public long published(int count) {
        for (var attempt = 0; attempt < 1200; attempt++) {
            var shown = shownCount();
            if (shown >= count) return shown;
            sleep(50);
        }
        throw new AssertionError("not published: " + shownCount() + " of " + count);
    }

    /// The number on the petition's page; 0 while it shows none.
    public long shownCount() {
        var match = java.util.regex.Pattern.compile("<data class=\"count\"[^>]* value=\"([0-9]+)\"")
                .matcher(text(get(TUFTS)));
        return match.find() ? Long.parseLong(match.group(1)) : 0;
    }

    public Report recount() {
        return recountOf(box().box());
    }

    /// The database as its superuser sees it; or as another login, `box_of_postgres`.
    public Connection database(String user) throws IOException, SQLException {
        return DriverManager.getConnection("jdbc:" + databaseUrl(), user, databasePassword(user));
    }

    /// As `DATABASE_URL` takes it.
    public String databaseUrl() throws IOException {
        var pid = Files.readAllLines(data.resolve("postgresql/cluster/postmaster.pid"));
        return "postgresql://127.0.0.1:" + pid.get(3).strip() + "/postgres";
    }

    public String databasePassword(String user) throws IOException {
        return MasterKey.at(data.resolve("master.key"), random).password("db/" + user);
    }

    /// The first column of what the superuser asks, as text.
    public List<String> ask(String sql) {
        try (var superuser = database("postgres");
                var statement = superuser.createStatement();
                var rows = statement.executeQuery(sql)) {
            var answers = new ArrayList<String>();
            while (rows.next()) answers.add(rows.getString(1));
            return answers;
        } catch (IOException | SQLException e) {
            throw new AssertionError(e);
        }
    }

    /// Does now what the clockwork does every hour.
    public void runTally() {
        instance.roll().tally();
    }

    /// Does now what the clockwork does every ten minutes.
    public void runShuffle() {
        instance.shuffle();
    }

    /// Does now what the clockwork does every minute.
    public void runClosing() {
        instance.closing().closeFinished();
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

    /// The last part of a problem's type.
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

    public List<Path> files() {
        try (var files = Files.walk(data)) {
            return new ArrayList<>(files.filter(Files::isRegularFile).toList());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        instance.close();
        for (var file : files()) file.toFile().delete();
    }
}
