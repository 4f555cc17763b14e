package org.undersigned.server.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.server.support.RawHttp;
import org.undersigned.server.support.TestInstance;

/// Addresses with malformed names, and malformed addresses, methods and headers: the response says what is wrong,
/// and the server does not fail.
@SuppressWarnings("NullAway.Init") // by BeforeAll
final class MalformedUrlsTest {
    private static final List<String> ODD = List.of(
            "%00", "a%00b", "%FF", "%ED%A0%80", "'", "..", "%2F", "%2e%2e%2f", "%0d%0aX:%20y", "+", "a".repeat(1_000));

    @RegisterExtension
    static final TestInstance instance = TestInstance.ofDemonstration();

    @Test
    void nothingThatStandsForANameBreaksAnAddress() throws IOException {
        for (var route : instance.routes()) {
            if (!route.path().contains("{")) continue;
            for (var odd : ODD) {
                for (var target : targets(route.path(), odd)) {
                    var answer = RawHttp.ask(instance, route.method(), target);
                    assertThat(answer.status())
                            .as(route.method() + " " + target)
                            .satisfiesAnyOf(
                                    status -> assertThat(status).isLessThan(500),
                                    status -> assertThat(status).isEqualTo(503));
                    assertThat(answer.headers().firstValue("X")).isEmpty();
                }
            }
        }
    }

    /// Returns the path with `odd` for every variable; if the path has a campaign and more variables, also with an
    /// existing campaign and `odd` for the others.
    private static List<String> targets(String path, String odd) {
        var everywhere = path.replaceAll("\\{[^}]+}", odd);
        if (!path.startsWith("/ap/{campaign}/{kind}")) {
            var inside = path.replace("{campaign}", "sanctuary-campus").replaceAll("\\{[^}]+}", odd);
            return inside.equals(everywhere) ? List.of(everywhere) : List.of(everywhere, inside);
        }
        return List.of(everywhere, "/ap/sanctuary-campus/events/" + odd, "/ap/sanctuary-campus/changes/" + odd);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/%zz", "/api/v1/boxes?after=%zz", "/%", "/api/v1/a\\b"})
    void whatIsNoAddressIsRefusedAsEverythingElse(String target) throws IOException {
        var answer = RawHttp.ask(instance, "GET", target);

        assertThat(answer.status()).isEqualTo(400);
        isProblem(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"G@T", "<x>", "GE:T", "\"GET\""})
    void aMalformedMethodReturns400(String method) throws IOException {
        var answer = RawHttp.ask(instance, method, "/api/v1");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("urn:undersigned:problem:refused");
        isProblem(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//p/tufts-sanctuary",
                "/p%2Ftufts-sanctuary",
                "/p/tufts-sanctuary;x=1",
                "/p/tufts-sanctuary%3Bx",
                "/k/sanctuary-campus//actions",
                "/api%2fv1",
                "//log/register/checkpoint"
            })
    void oneThingHasOneAddress(String target) throws IOException {
        assertThat(RawHttp.ask(instance, "GET", target).status()).isEqualTo(404);
    }

    @Test
    void aLongAddressIsReadAndOneThatIsTooLongIsCalledSo() throws IOException {
        assertThat(RawHttp.ask(instance, "GET", "/p/tufts-sanctuary?x=" + "x".repeat(8_000))
                        .status())
                .isEqualTo(200);

        var answer = RawHttp.ask(instance, "GET", "/p/tufts-sanctuary?x=" + "x".repeat(16_384));
        assertThat(answer.status()).isEqualTo(414);
        assertThat(answer.text()).contains("urn:undersigned:problem:too-large", "This address is too long.");
    }

    @Test
    void headersThatAreTooLongAreRefusedAsEverythingElse() throws IOException {
        var answer = RawHttp.ask(instance, "GET", "/api/v1", "X-Long: " + "x".repeat(20_000));

        assertThat(answer.status()).isBetween(400, 499);
        isProblem(answer);
    }

    private static void isProblem(RawHttp.Answer answer) {
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(TestInstance.json(answer.text()).get("detail").stringValue())
                .isEqualTo("The server cannot read the request."); // repeats nothing of the request
    }
}
