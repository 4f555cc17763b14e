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
import org.undersigned.server.support.TcpProxy;

/// One connection carries many mails, and the transport replaces a connection that was closed.
final class SmtpTransportTest {
    private static final EmailAddress ADA = new EmailAddress("ada", "tufts.edu");

    private final GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private TcpProxy proxy;

    @BeforeEach
    void open() throws IOException {
        smtp.start();
        proxy = new TcpProxy(smtp.getSmtp().getPort());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        smtp.stop();
    }

    private SmtpTransport postbox() {
        return new SmtpTransport(
                new SmtpTransport.Settings("127.0.0.1", proxy.port(), "", "", "codes@sign.example.org", false));
    }

    @Test
    void manyMailsGoThroughOneConnectionUntilItHasCarriedFifty() throws Exception {
        try (var transport = postbox()) {
            for (var i = 0; i < 50; i++) transport.send(ADA, "Code " + i, "text");
            assertThat(proxy.opened()).isEqualTo(1);

            transport.send(ADA, "Code 50", "text");
            assertThat(proxy.opened()).isEqualTo(2);
        }
        assertThat(smtp.getReceivedMessages()).hasSize(51);
    }

    @Test
    void aConnectionThatTheServerCutIsReplaced() throws Exception {
        try (var transport = postbox()) {
            transport.send(ADA, "Code 1", "text");
            proxy.cut();

            transport.send(ADA, "Code 2", "text");

            assertThat(proxy.opened()).isEqualTo(2);
            assertThat(smtp.getReceivedMessages()).hasSize(2);
        }
    }

    @Test
    void aServerThatIsAwayIsSaidWithoutTheAddress() throws Exception {
        proxy.close();
        try (var transport = postbox()) {
            assertThatThrownBy(() -> transport.send(ADA, "Code 1", "text"))
                    .isInstanceOf(MailTransport.NotSent.class)
                    .hasMessageNotContaining("ada");
        }
    }

    @Test
    void theRushIsSentByManyAtOnceAndNothingIsLost() throws Exception {
        var sent = new CountDownLatch(200);
        try (var mailQueue = new MailQueue(postbox())) {
            for (var i = 0; i < 200; i++) {
                var subject = "Code " + i;
                assertThat(mailQueue.submit(() -> {
                            mailQueue.send(ADA, subject, "text");
                            sent.countDown();
                        }))
                        .isTrue();
            }
            assertThat(sent.await(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(smtp.getReceivedMessages()).hasSize(200);
        assertThat(proxy.opened()).isBetween(2, 20); // one for each concurrent sender, and a few more
    }
}
