package org.undersigned.server.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
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
}
