package org.undersigned.server.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.server.instance.Config;
import org.undersigned.server.instance.Settings;
import org.undersigned.server.platform.startup.StartupFailure;

/// A wrong setting is reported in one line that contains no secret.
final class ConfigTest {
    private static Config serve(String name, String value) {
        var settings = new HashMap<>(Map.of(
                "PUBLIC_URL",
                "https://sign.example.org",
                "SMTP_HOST",
                "mail.example.org",
                "MAIL_FROM",
                "a@example.org"));
        settings.put(name, value);
        return Config.serve(new Settings(settings));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://me:hunter2@db/x",
                "postgresql://me:hun ter2@db/x",
                "postgres://me:hunter2@my_db/x",
                "jdbc:mysql://me:hunter2@db/x",
                "postgresql://hunter2 db/x"
            })
    void aDatabaseAddressIsNeverQuoted(String url) {
        assertThatThrownBy(() -> serve("DATABASE_URL", url))
                .isInstanceOf(StartupFailure.class)
                .hasMessageMatching("[^\n]+")
                .hasMessageNotContaining("hun")
                .hasNoCause();
    }

    @Test
    void aDatabaseAddressWithoutASecretIsTaken() {
        assertThat(serve("DATABASE_URL", "postgres://my_db:5432/x").database())
                .isEqualTo("jdbc:postgresql://my_db:5432/x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://sign example.org",
                "sign.example.org",
                "ftp://sign.example.org",
                "https://sign.example.org/path",
                "https://sign.example.org#x",
                "https://a:b@sign.example.org"
            })
    void aPublicAddressIsRefusedInOneLine(String url) {
        assertThatThrownBy(() -> serve("PUBLIC_URL", url))
                .isInstanceOf(StartupFailure.class)
                .hasMessageStartingWith("PUBLIC_URL must be an address like")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "other.example",
                "http://other.example/verifier/",
                "https://other.example/verifier",
                "https://a:b@other.example/",
                "https://other.example/?x",
                "https://other.example/#x",
                "https://a.example/,",
                "https://1.example/,https://2.example/,https://3.example/,https://4.example/,https://5.example/,"
                        + "https://6.example/,https://7.example/,https://8.example/,https://9.example/"
            })
    void verifiersMustBeAFewSafeAddresses(String urls) {
        assertThatThrownBy(() -> serve("VERIFIERS", urls))
                .isInstanceOf(StartupFailure.class)
                .hasMessageStartingWith("VERIFIERS must be at most 8 addresses like")
                .hasNoCause();
    }

    @Test
    void verifiersAreAtOtherHosts() {
        assertThat(serve("VERIFIERS", "https://a.example/, https://b.example/verifier/")
                        .verifiers())
                .hasToString("[https://a.example/, https://b.example/verifier/]");
        assertThatThrownBy(() -> serve("VERIFIERS", "https://sign.example.org/verifier/"))
                .hasMessageStartingWith("VERIFIERS must be at other hosts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "code.example.org", "https://a:b@code.example.org", "https://x y"})
    void programUrlMustBeAWebAddress(String url) {
        assertThatThrownBy(() -> serve("PROGRAM_URL", url))
                .isInstanceOf(StartupFailure.class)
                .hasMessageStartingWith("PROGRAM_URL must be the address of a page like")
                .hasNoCause();
        assertThat(serve("PROGRAM_URL", "https://code.example.org/undersigned").program())
                .hasToString("https://code.example.org/undersigned");
    }
}
