package org.undersigned.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.undersigned.server.instance.Config;
import org.undersigned.server.instance.Instance;
import org.undersigned.server.instance.Settings;
import org.undersigned.server.platform.mail.EmailAddress;
import org.undersigned.server.platform.mail.MailQueue;
import org.undersigned.server.platform.mail.SmtpTransport;
import org.undersigned.server.support.CheckedClient;
import org.undersigned.server.support.TestCluster;

/// `serve`, the mode for real use: with a real mail server, without demonstration data and without demo inbox.
final class ServeTest {
    @TempDir
    private Path directory;

    @Test
    void aRealInstanceStartsEmptyAndHasNoDemoInbox() throws Exception {
        var environment = Map.of(
                "SMTP_HOST", "127.0.0.1",
                "MAIL_FROM", "codes@sign.example.org",
                "PUBLIC_URL", "https://sign.example.org",
                "PORT", "0",
                "UNDERSIGNED_DATA", directory.toString());
        TestCluster.linkPrograms(directory);
        try (var instance = Instance.start(Config.serve(new Settings(environment)));
                var http = new CheckedClient()) {
            var base = "http://127.0.0.1:" + instance.port();

            assertThat(get(http, base + "/").statusCode()).isEqualTo(200);
            assertThat(get(http, base + "/demo/inbox").statusCode()).isEqualTo(404);
            assertThat(get(http, base + "/demo/inbox.json?to=a@b.example").statusCode())
                    .isEqualTo(404);
            assertThat(get(http, base + "/p/tufts-sanctuary").statusCode()).isEqualTo(404);
            assertThat(get(http, base + "/.well-known/undersigned.json").body())
                    .contains("\"host\":\"sign.example.org\"");
        }
    }

    private static HttpResponse<String> get(HttpClient http, String url) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void theMailNamesTheInstanceOnlyAndHoldsNoLink() throws Exception {
        var smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        smtp.start();
        var settings = new SmtpTransport.Settings(
                "127.0.0.1", smtp.getSmtp().getPort(), "", "", "codes@sign.example.org", false);
        try (var mailQueue = new MailQueue(new SmtpTransport(settings))) {
            var code = "7K3M9QX0";
            var to = new EmailAddress("ada", "tufts.edu");
            new org.undersigned.server.count.roll.CodeMail("sign.example.org").send(mailQueue, to, code);

            assertThat(smtp.waitForIncomingEmail(60_000, 1)).isTrue();
            var mail = smtp.getReceivedMessages()[0];
            var text = mail.getSubject() + "\n" + GreenMailUtil.getBody(mail);
            assertThat(mail.getAllRecipients()[0]).hasToString("ada@tufts.edu");
            assertThat(text).contains("7K3M 9QX0").contains("sign.example.org");
            assertThat(text.toLowerCase(java.util.Locale.ROOT))
                    .doesNotContain("http", "petition", "petici", "campaign", "sanctuary", "tufts", "firma");
        } finally {
            smtp.stop();
        }
    }
}
