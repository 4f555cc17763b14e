package org.undersigned.server.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.undersigned.cli.HttpSite;
import org.undersigned.cli.RefusedException;
import org.undersigned.server.instance.Instance;
import org.undersigned.server.support.CheckedClient;
import org.undersigned.server.support.RemotePerson;
import org.undersigned.server.support.TestCluster;
import org.undersigned.server.support.TestInstance;

/// The database keeps what was sent, and its connection ends before it can say so. The client learns that the outcome
/// is not known; the same request again gets the answer that was lost, and nothing is stored twice.
final class LostCommitTest {
    private static final int BATCH = 10;
    private static final String NONE = "none";

    private static TestCluster.TestDatabase database;
    private static CommitCutter cutter;
    private static Instance instance;
    private static HttpSite site;

    @BeforeAll
    static void start() throws Exception {
        database = TestCluster.shared().database(TestCluster.Template.DEMONSTRATION);
        cutter = new CommitCutter(
                URI.create(database.url().replace("postgresql:", "pg:")).getPort());
        var through = new TestCluster.TestDatabase(
                database.name(), "postgresql://127.0.0.1:" + cutter.port() + "/" + database.name());
        instance = Instance.start(TestInstance.config(TestCluster.shared().dataDirectory(), 0, through));
        site = new HttpSite(URI.create("http://localhost:" + instance.port()), new CheckedClient());
    }

    @AfterAll
    static void stop() throws Exception {
        instance.close();
        cutter.close();
        database.close();
    }

    @Test
    void aDrawAnEntryAndAWithdrawalAreRepeatedAfterALostCommit() throws Exception {
        var person = new RemotePerson(site);
        var code = person.code();

        isUnknown("roll", () -> person.draw(code));
        var issued = count("roll.issued");
        person.draw(code);
        assertThat(count("roll.issued")).isEqualTo(issued).isPositive();

        var before = count("box.leaf");
        isUnknown("box", person::cast);
        assertThat(count("box.leaf")).isEqualTo(before + 1);
        var promised = person.cast();
        assertThat(person.cast()).isEqualTo(promised);
        assertThat(count("box.leaf")).isEqualTo(before + 1);

        for (var i = 1; i < BATCH; i++) new RemotePerson(site).sign();
        for (var attempt = 0; count("box.leaf WHERE index IS NOT NULL") < BATCH; attempt++) {
            assertThat(attempt).as("the batch is not published").isLessThan(600);
            Thread.sleep(50);
        }
        isUnknown("box", person::withdraw);
        assertThat(count("box.leaf WHERE kind = 2")).isEqualTo(1);
        person.withdraw();
        assertThat(count("box.leaf WHERE kind = 2")).isEqualTo(1);
    }

    @Test
    void aFullDiskOfTheDatabaseRefusesAnEntryAndKeepsNothing() throws Exception {
        var person = new RemotePerson(site);
        person.draw(person.code());
        var before = count("box.leaf");
        execute("CREATE FUNCTION box.full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END $$");
        execute("CREATE TRIGGER full_disk BEFORE INSERT ON box.leaf FOR EACH ROW EXECUTE FUNCTION box.full()");
        try {
            var refusal = catchThrowableOfType(RefusedException.class, person::cast);
            assertThat(refusal.status()).isEqualTo(503);
            assertThat(refusal.code()).isEqualTo("not-storing");
        } finally {
            execute("DROP TRIGGER full_disk ON box.leaf");
        }
        assertThat(count("box.leaf")).isEqualTo(before);
    }

    private static void execute(String sql) throws Exception {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// @param role the database role that stores the request
    private static void isUnknown(String role, ThrowingCallable request) {
        cutter.role = role;
        try {
            var refusal = catchThrowableOfType(RefusedException.class, request);
            assertThat(refusal.status()).isEqualTo(503);
            assertThat(refusal.code()).isEqualTo("outcome-unknown");
            assertThat(refusal)
                    .hasMessageContaining("Send exactly the same again")
                    .hasMessageNotContaining("othing");
        } finally {
            cutter.role = NONE;
        }
    }

    private static long count(String rows) throws Exception {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT count(*) FROM " + rows)) {
            result.next();
            return result.getLong(1);
        }
    }

    /// Stands before PostgreSQL. Each connection of the role to be cut ends when PostgreSQL has committed, before the
    /// client hears of it, as when the server process is killed at this moment.
    private static final class CommitCutter implements AutoCloseable {
        private static final String COMMITTED = "COMMIT\0";

        private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final int to;
        private volatile String role = NONE;

        private CommitCutter(int to) throws IOException {
            this.to = to;
            Thread.ofVirtual().start(this::accept);
        }

        private int port() {
            return socket.getLocalPort();
        }

        private void accept() {
            try {
                while (true) {
                    var client = socket.accept();
                    var server = new Socket(InetAddress.getLoopbackAddress(), to);
                    var user = new CompletableFuture<String>();
                    Thread.ofVirtual()
                            .start(() -> pipe(
                                    client, server, text -> !text.contains("user\0") || user.complete(text) || true));
                    Thread.ofVirtual()
                            .start(() -> pipe(
                                    server,
                                    client,
                                    text -> !(text.contains(COMMITTED)
                                            && user.join().contains("user\0" + role + "_of_"))));
                }
            } catch (IOException e) {
                // closed
            }
        }

        /// @param isPassed false for the bytes at which the connection ends
        private static void pipe(Socket from, Socket into, Predicate<String> isPassed) {
            try (from;
                    into) {
                var in = from.getInputStream();
                OutputStream out = into.getOutputStream();
                var buffer = new byte[8192];
                for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    var text = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
                    if (!isPassed.test(text)) return;
                    out.write(buffer, 0, read);
                }
            } catch (IOException e) {
                // the other side has ended
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
