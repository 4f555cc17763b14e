package org.undersigned.server.federation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.undersigned.server.support.Mutations;
import org.undersigned.server.support.TestInstance;

/// The inbox behind a right signature: whatever a server that signs well sends, and whatever becomes of its headers
/// on the way, nothing fails, and nothing is kept of what is not as it was signed.
final class InboxPropertiesTest {
    @SuppressWarnings("NullAway.Init") // by start(), which is jqwik's way
    private static TestInstance instance;

    @SuppressWarnings("NullAway.Init")
    private static URI inbox;

    @BeforeContainer
    static void start() {
        instance = TestInstance.reachable();
        inbox = instance.url("/ap/sanctuary-campus/inbox");
    }

    @AfterContainer
    static void stop() {
        instance.close();
    }

    /// Each from a server of its own, since a server is heard 120 times a minute.
    @Property(tries = 120, shrinking = ShrinkingMode.OFF)
    void aSignedBodyIsTakenOrRefusedWhateverItSays(@ForAll long seed) {
        try (var server = new FediverseServer()) {
            var actor = server.person("ada");
            var follow =
                    server.follow(actor, instance.url("/ap/sanctuary-campus").toString());
            var body = new String(Mutations.of(follow.getBytes(UTF_8), seed), UTF_8);

            var status = server.send(inbox, server.signed(inbox, actor + "#main-key", body));

            assertThat(status).as(body).isIn(202, 400, 401, 503); // 503: the acceptance went nowhere
        }
    }

    @Property(tries = 120, shrinking = ShrinkingMode.OFF)
    void whatIsChangedAfterItWasSignedIsRefused(@ForAll long seed) {
        try (var server = new FediverseServer()) {
            var actor = server.person("ada");
            var follow =
                    server.follow(actor, instance.url("/ap/sanctuary-campus").toString());
            var signed = server.signed(inbox, actor + "#main-key", follow);
            var name = List.of("date", "digest", "signature", "content-type").get(Math.floorMod(seed, 4));
            var headers = new LinkedHashMap<>(signed.headers());
            var before = String.valueOf(headers.get(name));
            var after = sendable(new String(Mutations.of(before.getBytes(UTF_8), seed), UTF_8));
            headers.put(name, after);

            var status = server.send(inbox, new FediverseServer.Request(headers, signed.body()));

            if (name.equals("signature")) {
                assertThat(status).as(after).isIn(202, 401); // a space more, say, is the same signature
            } else {
                assertThat(status).as(name + ": " + after).isEqualTo(after.equals(before) ? 202 : 401);
            }
            if (status != 202) {
                assertThat(instance.ask(
                                "SELECT inbox FROM fediverse.follower WHERE inbox LIKE '" + server.base() + "/%'"))
                        .isEmpty();
            }
        }
    }

    /// As a client can send it, without the blanks around that are no part of a header (RFC 9110 §5.5).
    private static String sendable(String value) {
        return value.replaceAll("[^ -~]", "").strip();
    }
}
