package org.undersigned.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Whatever stands where a name is wanted in an address, nothing breaks.
@SuppressWarnings("NullAway.Init") // by BeforeAll
final class OddAddressesTest {
    private static final List<String> ODD = List.of(
            "%00", "a%00b", "%FF", "%ED%A0%80", "'", "..", "%2F", "%2e%2e%2f", "%0d%0aX:%20y", "+", "a".repeat(1_000));

    private static Town town;

    @BeforeAll
    static void start() {
        town = Town.start();
    }

    @AfterAll
    static void stop() {
        town.close();
    }

    @Test
    void nothingThatStandsForANameBreaksAnAddress() throws IOException {
        for (var route : town.routes()) {
            if (!route.path().contains("{")) continue;
            for (var odd : ODD) {
                for (var target : targets(route.path(), odd)) {
                    var answer = Raw.ask(town, route.method(), target);
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

    /// The odd one in every part; and where there are more, in the last of a campaign that is there.
    private static List<String> targets(String path, String odd) {
        var everywhere = path.replaceAll("\\{[^}]+}", odd);
        if (!path.startsWith("/ap/{campaign}/{kind}")) {
            var inside = path.replace("{campaign}", "sanctuary-campus").replaceAll("\\{[^}]+}", odd);
            return inside.equals(everywhere) ? List.of(everywhere) : List.of(everywhere, inside);
        }
        return List.of(everywhere, "/ap/sanctuary-campus/events/" + odd, "/ap/sanctuary-campus/changes/" + odd);
    }
}
