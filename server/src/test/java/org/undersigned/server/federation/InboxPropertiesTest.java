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

/// Tests that no altered request makes the inbox fail: neither an altered activity with a valid signature, nor
/// headers that were altered after signing. A request that differs from what was signed stores nothing.
final class InboxPropertiesTest {
    @SuppressWarnings("NullAway.Init") // by start(), called by jqwik
    private static TestInstance instance;

    @SuppressWarnings("NullAway.Init")
    private static URI inbox;

    @BeforeContainer
    static void start() {
        instance = TestInstance.ofDemonstration().reachable().start();
        inbox = instance.url("/ap/sanctuary-campus/inbox");
    }

    @AfterContainer
    static void stop() {
        instance.close();
    }

    /// Each try uses a server of its own, since the inbox accepts 120 requests a minute from one server.
    @Property(tries = 120, shrinking = ShrinkingMode.OFF)
    void aSignedBodyIsTakenOrRefusedWhateverItSays(@ForAll long seed) {
        try (var server = new FediverseServer()) {
            var actor = server.person("ada");
            var follow =
                    server.follow(actor, instance.url("/ap/sanctuary-campus").toString());
            var body = new String(Mutations.of(follow.getBytes(UTF_8), seed), UTF_8);

            var status = server.send(inbox, server.signed(inbox, actor + "#main-key", body));

            assertThat(status).as(body).isIn(202, 400, 401, 503); // 503: the Accept was not delivered
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
            var followers = followersAt(server); // another try's server may have had the same port

            var status = server.send(inbox, new FediverseServer.Request(headers, signed.body()));

            if (name.equals("signature")) {
                assertThat(status).as(after).isIn(202, 401); // one more space, for example, is the same signature
            } else {
                assertThat(status).as(name + ": " + after).isEqualTo(after.equals(before) ? 202 : 401);
            }
            if (status != 202) {
                assertThat(followersAt(server)).isEqualTo(followers);
            }
        }
    }

    private static List<String> followersAt(FediverseServer server) {
        return instance.query("SELECT inbox FROM fediverse.follower WHERE inbox LIKE '" + server.base() + "/%'");
    }

    /// Returns the value as a client can send it, without the spaces around it, which are not part of a header
    /// (RFC 9110 §5.5).
    private static String sendable(String value) {
        return value.replaceAll("[^ -~]", "").strip();
    }
}
