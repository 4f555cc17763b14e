package org.undersigned.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/// Whatever is asked for, the answer is an answer or a refusal, never a failure. Requests are written byte by byte: a
/// client of good manners could not send most of them.
final class ApiPropertiesTest {
    private static final List<String> PATHS = List.of(
            "/api/v1",
            "/api/v1/boxes",
            "/api/v1/campaigns",
            "/api/v1/campaigns/sanctuary-campus/campuses",
            "/api/v1/campaigns/sanctuary-campus/figures/x",
            "/osdi/v1",
            "/osdi/v1/petitions",
            "/osdi/v1/events",
            "/osdi/v1/advocacy_campaigns/electors",
            "/openapi.json");
    private static final List<String> NAMES = List.of("page_size", "after", "page", "per_page", "lang", "campaign", "");
    private static final List<String> VALUES = List.of(
            "1",
            "2",
            "25",
            "100",
            "en",
            "es",
            "0",
            "-1",
            "+1",
            "01",
            "1e3",
            "2147483648",
            "99999999999999999999",
            "tufts.edu",
            "usc.edu",
            "%",
            "%zz",
            "%00",
            "%0d%0aX:%20y",
            "%ff%fe",
            "%F0%9F%8F%AE",
            "null",
            "..",
            "[]",
            "");

    @SuppressWarnings("NullAway.Init") // by start(), which is jqwik's way
    private static Town town;

    @BeforeContainer
    static void start() {
        town = Town.start();
    }

    @AfterContainer
    static void stop() {
        town.close();
    }

    @Property(tries = 400)
    void noQueryMakesTheServerFail(@ForAll("targets") String target) throws IOException {
        var answer = answer(target);

        assertThat(answer).as(target).matches("(?s)HTTP/1\\.1 (200|400|404) .*");
        if (answer.startsWith("HTTP/1.1 200")) {
            assertThat(answer).contains("\r\nETag: ");
        }
        assertThat(answer).doesNotContain("\r\nX: y");
    }

    @Provide
    Arbitrary<String> targets() {
        var junk =
                Arbitraries.strings().withCharRange('!', '~').excludeChars('#').ofMaxLength(40);
        var names = Arbitraries.oneOf(Arbitraries.of(NAMES), junk);
        var values = Arbitraries.oneOf(Arbitraries.of(VALUES), junk);
        var pair = Combinators.combine(names, values).as((name, value) -> name + "=" + value);
        var query = pair.list().ofMaxSize(4).map(pairs -> String.join("&", pairs));
        return Combinators.combine(Arbitraries.of(PATHS), query).as((path, asked) -> path + "?" + asked);
    }

    /// The head of an answer: what refuses a broken request may leave the connection open.
    private static String answer(String target) throws IOException {
        try (var socket = new Socket("localhost", town.url("/").getPort())) {
            var request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            var head = new StringBuilder();
            for (var line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                head.append(line).append("\r\n");
            }
            return head.toString();
        }
    }
}
