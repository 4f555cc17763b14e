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
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.undersigned.cli.Book;
import org.undersigned.cli.HttpSite;
import org.undersigned.cli.RefusedException;
import org.undersigned.cli.Signer;
import org.undersigned.cli.Wallet;
import org.undersigned.record.Manifest;
import org.undersigned.server.instance.Instance;
import org.undersigned.server.support.CheckedClient;
import org.undersigned.server.support.TestCluster;
import org.undersigned.server.support.TestInstance;
import tools.jackson.databind.json.JsonMapper;

/// The database keeps what was sent, and its connection ends before it can say so. The client learns that the outcome
/// is not known; the same request again gets the answer that was lost, and nothing is stored twice.
final class LostCommitTest {
    private static final int BATCH = 10;
    private static final String NONE = "none";

    private static final SecureRandom RANDOM = new SecureRandom();
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
        var person = new Person();
        person.signer.requestCode();
        var code = person.code();

        isUnknown("roll", () -> person.signer.draw(person.book, code));
        var issued = count("roll.issued");
        person.signer.draw(person.book, code);
        assertThat(count("roll.issued")).isEqualTo(issued).isPositive();

        isUnknown("box", () -> person.signer.cast(person.box(), 0, null));
        assertThat(count("box.leaf")).isEqualTo(1);
        var promise = person.signer.cast(person.box(), 0, null);
        assertThat(person.signer.cast(person.box(), 0, null).leafHash()).isEqualTo(promise.leafHash());
        assertThat(count("box.leaf")).isEqualTo(1);

        for (var i = 1; i < BATCH; i++) {
            var other = new Person();
            other.signer.requestCode();
            other.signer.draw(other.book, other.code());
            other.signer.cast(other.box(), 0, null);
        }
        for (var attempt = 0; count("box.leaf WHERE index IS NOT NULL") < BATCH; attempt++) {
            assertThat(attempt).as("the batch is not published").isLessThan(600);
            Thread.sleep(50);
        }
        isUnknown("box", () -> person.signer.withdraw(person.box()));
        assertThat(count("box.leaf WHERE kind = 2")).isEqualTo(1);
        person.signer.withdraw(person.box());
        assertThat(count("box.leaf WHERE kind = 2")).isEqualTo(1);
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

    /// Somebody at Tufts, with the command line's wallet, which repeats the same bytes.
    private static final class Person {
        private final String address = "member" + Long.toString(RANDOM.nextLong(1L << 40), 36) + "@tufts.edu";
        private final Book book;
        private final Signer signer;

        private Person() throws IOException {
            var instance = Signer.instance(site);
            book = Signer.fetchBook(site, instance, "tufts.edu");
            signer = new Signer(site, instance, "tufts.edu", address, Wallet.inMemory(), RANDOM);
        }

        private Manifest box() {
            return book.manifests().getFirst();
        }

        private String code() throws Exception {
            for (var attempt = 0; attempt < 200; attempt++) {
                var mails = new JsonMapper().readTree(site.read("/demo/inbox.json?to=" + address));
                if (!mails.isEmpty()) {
                    var subject = mails.get(0).get("subject").stringValue();
                    return subject.replaceAll(".*: ", "").replace(" ", "");
                }
                Thread.sleep(50);
            }
            throw new AssertionError("no code arrived");
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
