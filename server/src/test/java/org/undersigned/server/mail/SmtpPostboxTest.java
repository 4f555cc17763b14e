package org.undersigned.server.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// One connection carries many mails, and one that was cut is replaced.
final class SmtpPostboxTest {
    private static final MailAddress ADA = MailAddress.parse("ada@tufts.edu").orElseThrow();

    private final GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private Door door;

    @BeforeEach
    void open() throws IOException {
        smtp.start();
        door = new Door(smtp.getSmtp().getPort());
    }

    @AfterEach
    void close() throws IOException {
        door.close();
        smtp.stop();
    }

    private SmtpPostbox postbox() {
        return new SmtpPostbox(
                new SmtpPostbox.Settings("127.0.0.1", door.port(), "", "", "codes@sign.example.org", false));
    }

    @Test
    void manyMailsGoThroughOneConnectionUntilItHasCarriedFifty() throws Exception {
        try (var postbox = postbox()) {
            for (var i = 0; i < 50; i++) postbox.send(ADA, "Code " + i, "text");
            assertThat(door.opened()).isEqualTo(1);

            postbox.send(ADA, "Code 50", "text");
            assertThat(door.opened()).isEqualTo(2);
        }
        assertThat(smtp.getReceivedMessages()).hasSize(51);
    }

    @Test
    void aConnectionThatTheServerCutIsReplaced() throws Exception {
        try (var postbox = postbox()) {
            postbox.send(ADA, "Code 1", "text");
            door.cut();

            postbox.send(ADA, "Code 2", "text");

            assertThat(door.opened()).isEqualTo(2);
            assertThat(smtp.getReceivedMessages()).hasSize(2);
        }
    }

    @Test
    void aServerThatIsAwayIsSaidWithoutTheAddress() throws Exception {
        door.close();
        try (var postbox = postbox()) {
            assertThatThrownBy(() -> postbox.send(ADA, "Code 1", "text"))
                    .isInstanceOf(Postbox.NotSent.class)
                    .hasMessageNotContaining("ada");
        }
    }

    @Test
    void theRushIsSentByManyAtOnceAndNothingIsLost() throws Exception {
        var sent = new CountDownLatch(200);
        try (var outbox = new Outbox(postbox())) {
            for (var i = 0; i < 200; i++) {
                var subject = "Code " + i;
                assertThat(outbox.later(() -> {
                            outbox.send(ADA, subject, "text");
                            sent.countDown();
                        }))
                        .isTrue();
            }
            assertThat(sent.await(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(smtp.getReceivedMessages()).hasSize(200);
        assertThat(door.opened()).isBetween(2, 20); // as many as send at once, and few more
    }

    /// Lets connections through to the mail server, counts them, and can cut them.
    private static final class Door implements AutoCloseable {
        private final ServerSocket socket =
                new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        private final Queue<Socket> clients = new ConcurrentLinkedQueue<>();
        private final int to;

        private Door(int to) throws IOException {
            this.to = to;
            Thread.ofVirtual().start(this::accept);
        }

        private int port() {
            return socket.getLocalPort();
        }

        private int opened() {
            return clients.size();
        }

        private void accept() {
            try {
                while (true) {
                    var client = socket.accept();
                    clients.add(client);
                    var server = new Socket("127.0.0.1", to);
                    Thread.ofVirtual().start(() -> pipe(client, server));
                    Thread.ofVirtual().start(() -> pipe(server, client));
                }
            } catch (IOException e) {
                // closed
            }
        }

        private static void pipe(Socket from, Socket to) {
            try (from;
                    to) {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException e) {
                // cut
            }
        }

        private void cut() throws IOException {
            for (var client : clients) client.close();
        }

        @Override
        public void close() throws IOException {
            socket.close();
            cut();
        }
    }
}
