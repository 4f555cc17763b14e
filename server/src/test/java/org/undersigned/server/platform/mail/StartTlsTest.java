package org.undersigned.server.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;
import org.undersigned.server.count.roll.CodeMail;
import org.undersigned.server.support.TcpProxy;

/// STARTTLS (RFC 3207) and login (RFC 4954) at an external mail server, with a proxy that records the traffic.
final class StartTlsTest {
    private static final EmailAddress ADA = new EmailAddress("ada.lovelace", "tufts.edu");
    private static final String USER = "codes-sender";
    private static final String PASSWORD = "lantern-walk-42";
    private static final char[] STORE = "of-the-test".toCharArray();

    @TempDir
    private static Path folder;

    private static KeyStore ours;
    private static KeyStore anothers;

    private final Queue<Mail> arrived = new ConcurrentLinkedQueue<>();
    private final AtomicInteger logins = new AtomicInteger();
    private final Log log = new Log();

    private record Mail(String loggedInAs, String to, String text) {}

    /// Collects the log lines of Undersigned, formatted as in a log file.
    private static final class Log extends Handler {
        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        public void publish(LogRecord entry) {
            var ofTheOther = String.valueOf(entry.getLoggerName()).startsWith("org.subethamail");
            if (!ofTheOther) lines.add(new SimpleFormatter().format(entry));
        }

        private List<String> failures() {
            return lines.stream()
                    .filter(line -> line.contains("AuthenticationFailed"))
                    .toList();
        }

        private void namesNobody() {
            assertThat(String.join("\n", lines)).doesNotContainIgnoringCase("lovelace", "tufts", PASSWORD, USER);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @BeforeAll
    static void makeCertificates() throws Exception {
        ours = selfSigned("localhost");
        anothers = selfSigned("mail.example.org");
    }

    @BeforeEach
    void listen() {
        Logger.getLogger("").addHandler(log);
    }

    @AfterEach
    void listenNoMore() {
        Logger.getLogger("").removeHandler(log);
    }

    private static KeyStore selfSigned(String host) throws Exception {
        var file = folder.resolve(host + ".p12");
        var made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "mail",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + host,
                        "-ext",
                        "san=dns:" + host,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(STORE))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assertThat(made).isZero();
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, STORE);
        }
        return store;
    }

    /// Builds a mail server with this certificate that requires TLS and a login. It refuses the first
    /// `refusedLogins` logins, even with the right password.
    private SMTPServer.Builder server(KeyStore certificate, int refusedLogins) throws GeneralSecurityException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(certificate, STORE);
        var tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        return open().requireTLS()
                .startTlsSocketFactory(tls)
                .requireAuth()
                .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory((user, password, context) -> {
                    var right = user.equals(USER) && password.equals(PASSWORD);
                    if (logins.incrementAndGet() <= refusedLogins || !right) throw new LoginFailedException();
                }));
    }

    /// Builds a mail server without encryption that accepts mail from every client.
    private SMTPServer.Builder open() {
        return SMTPServer.port(0)
                .hostName("localhost")
                .messageHandler((context, from, to, data) -> arrived.add(new Mail(
                        context.getAuthenticationHandler()
                                .map(login -> (String) login.getIdentity())
                                .orElse(""),
                        to,
                        new String(data, StandardCharsets.UTF_8))));
    }

    private static SSLSocketFactory trusting(KeyStore certificate) throws GeneralSecurityException, IOException {
        var known = KeyStore.getInstance("PKCS12");
        known.load(null, null);
        known.setCertificateEntry("mail", certificate.getCertificate("mail"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(known);
        var tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return tls.getSocketFactory();
    }

    private static SmtpTransport.Settings settings(TcpProxy proxy, String password) {
        return new SmtpTransport.Settings("localhost", proxy.port(), USER, password, "codes@sign.example.org", true);
    }

    private interface Visit {
        void with(TcpProxy proxy) throws Exception;
    }

    private static void visit(SMTPServer.Builder builder, Visit visit) throws Exception {
        var server = builder.build();
        server.start();
        try (var proxy = new TcpProxy(server.getPortAllocated())) {
            visit.with(proxy);
        } finally {
            server.stop();
        }
    }

    @Test
    void aCodeArrivesEncryptedAndLoggedIn() throws Exception {
        visit(server(ours, 0), proxy -> {
            try (var mailQueue = new MailQueue(new SmtpTransport(settings(proxy, PASSWORD), trusting(ours)))) {
                new CodeMail("sign.example.org").send(mailQueue, ADA, "7K3M9QX0");
            }
            assertThat(arrived).hasSize(1).first().satisfies(mail -> {
                assertThat(mail.loggedInAs()).isEqualTo(USER);
                assertThat(mail.to()).isEqualTo(ADA.wire());
                assertThat(mail.text()).contains("7K3M 9QX0");
            });
            assertThat(proxy.said()).matches("(?s)EHLO \\S+\r\nSTARTTLS\r\n\\x16\\x03.*"); // a TLS handshake
        });
        log.namesNobody();
    }

    @Test
    void nothingIsSentToAServerWithoutStartTls() throws Exception {
        visit(open(), proxy -> {
            isNotSent(proxy, trusting(ours));
            assertThat(proxy.said()).matches("EHLO \\S+\r\n(QUIT\r\n)?");
        });
    }

    @Test
    void aCertificateOfAnotherHostIsRefused() throws Exception {
        visit(server(anothers, 0), proxy -> isNotSent(proxy, trusting(anothers)));
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() throws Exception {
        visit(server(ours, 0), proxy -> isNotSent(proxy, (SSLSocketFactory) SSLSocketFactory.getDefault()));
    }

    private void isNotSent(TcpProxy proxy, SSLSocketFactory tls) {
        try (var transport = new SmtpTransport(settings(proxy, PASSWORD), tls)) {
            assertThatThrownBy(() -> transport.send(ADA, "Code", "text"))
                    .isInstanceOf(MailTransport.NotSent.class)
                    .hasNoCause()
                    .hasMessageNotContainingAny("ada", "tufts", PASSWORD);
        }
        assertThat(logins).hasValue(0);
        assertThat(arrived).isEmpty();
        log.namesNobody();
    }

    @Test
    void aWrongPasswordIsSaidEachTimeAndNeverShown() throws Exception {
        visit(server(ours, 0), proxy -> {
            try (var mailQueue = retrying(settings(proxy, PASSWORD + "x"))) {
                mailQueue.send(ADA, "Code", "text");
                waitUntil(() -> log.failures().size() == 3);
            }
        });

        assertThat(logins).hasValue(3);
        assertThat(arrived).isEmpty();
        assertThat(log.failures())
                .hasSize(3)
                .last()
                .asString()
                .contains("the mail server did not accept a code mail (try 3, the last)");
        log.namesNobody();
    }

    @Test
    void aMailIsNotLostWhenTheLoginIsRefusedForAWhile() throws Exception {
        visit(server(ours, 1), proxy -> {
            try (var mailQueue = retrying(settings(proxy, PASSWORD))) {
                mailQueue.send(ADA, "Code", "text");
                waitUntil(() -> arrived.size() == 1);
            }
        });

        assertThat(arrived).hasSize(1);
        assertThat(log.failures()).hasSize(1);
        log.namesNobody();
    }

    /// A queue that tries a mail three times, at short intervals.
    private MailQueue retrying(SmtpTransport.Settings settings) throws GeneralSecurityException, IOException {
        return new MailQueue(
                new SmtpTransport(settings, trusting(ours)), List.of(Duration.ofMillis(50), Duration.ofMillis(100)));
    }

    private static void waitUntil(BooleanSupplier condition) throws InterruptedException {
        for (var i = 0; i < 1200 && !condition.getAsBoolean(); i++) Thread.sleep(25);
    }
}
