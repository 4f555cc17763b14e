package org.undersigned.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.ohttp.GatewayKey;
import org.undersigned.record.recount.FakeSite;
import org.undersigned.tlog.Cosigner;

class RegisterLeafTest {
    private static final BoxId BOX = BoxId.of("a".repeat(26));
    private static final Relay RELAY = new Relay(
            URI.create("https://relay.example.net/sign.example.org"),
            "The Other Union",
            GatewayKey.restore(7, new byte[32]).config());

    @Test
    void everyKindIsReadBack() {
        for (RegisterLeaf leaf : List.of(
                new RegisterLeaf.BoxOpened(FakeSite.open().manifest),
                new RegisterLeaf.BoxSuperseded(
                        BOX, BoxId.of("b".repeat(25) + "a"), Instant.parse("2016-11-23T09:00:00Z")),
                new RegisterLeaf.WitnessesNamed(
                        new WitnessPolicy(
                                List.of(Cosigner.ed25519("w.example", new byte[32])
                                        .verifier()),
                                1),
                        Instant.parse("2016-11-23T09:00:00Z")),
                new RegisterLeaf.RollRules(
                        "a.edu",
                        List.of("a.edu", "b.edu"),
                        "member",
                        List.of("a.edu"),
                        List.of("math.a.edu"),
                        List.of("case", "plus-tag"),
                        Instant.parse("2016-11-23T09:00:00Z")),
                new RegisterLeaf.ClientReleased(
                        "1.0",
                        Map.of("b.js", "ab".repeat(32), "a.js", "cd".repeat(32)),
                        Instant.parse("2016-11-23T09:00:00Z")),
                new RegisterLeaf.RelayNamed(RELAY, Instant.parse("2016-11-23T09:00:00Z")),
                new RegisterLeaf.RelayNamed(null, Instant.parse("2016-11-23T09:00:00Z")))) {
            assertThat(RegisterLeaf.parse(leaf.bytes())).isEqualTo(leaf);
        }
    }

    @Test
    void theBytesAreTheDocumented() {
        assertThat(new RegisterLeaf.RollRules(
                                "a.edu",
                                List.of("a.edu"),
                                "member",
                                List.of("a.edu"),
                                List.of(),
                                List.of("case"),
                                Instant.parse("2016-11-23T09:00:00Z"))
                        .bytes())
                .asString(UTF_8)
                .isEqualTo(
                        "{\"campus\":\"a.edu\",\"campuses\":[\"a.edu\"],\"class\":\"member\",\"domains\":[\"a.edu\"],"
                                + "\"folds\":[\"case\"],\"from\":\"2016-11-23T09:00:00Z\",\"separate_domains\":[],"
                                + "\"type\":\"roll.rules\",\"v\":1}");
    }

    @Test
    void theRelaysBytesAreTheDocumented() {
        var at = Instant.parse("2016-11-23T09:00:00Z");
        assertThat(new RegisterLeaf.RelayNamed(null, at).bytes())
                .asString(UTF_8)
                .isEqualTo("{\"from\":\"2016-11-23T09:00:00Z\",\"relay\":null,\"type\":\"relay.named\",\"v\":1}");
        assertThat(new RegisterLeaf.RelayNamed(RELAY, at).bytes())
                .asString(UTF_8)
                .isEqualTo("{\"from\":\"2016-11-23T09:00:00Z\",\"relay\":{\"key\":\""
                        + Base64.getEncoder().encodeToString(RELAY.key().encode())
                        + "\",\"operator\":\"The Other Union\",\"url\":\"https://relay.example.net/sign.example.org\"},"
                        + "\"type\":\"relay.named\",\"v\":1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://relay.example.net/a",
                "https://relay.example.net",
                "https://relay.example.net/",
                "https://user@relay.example.net/a",
                "https://relay.example.net/a?b=c",
                "https://relay.example.net/a#b",
                "mailto:relay@example.net",
                "relay.example.net/a"
            })
    void aRelayHasAPlainAddress(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> Relay.requireNamed(URI.create(url), "Somebody"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " a", "a\nb", "a\u0000b"})
    void aRelaysOperatorHasAName(String operator) {
        assertThatIllegalArgumentException().isThrownBy(() -> Relay.requireNamed(RELAY.url(), operator));
    }

    @Test
    void theFutureIsKept() {
        for (String leaf :
                new String[] {"{\"moon\":1,\"type\":\"weather.noted\",\"v\":1}", "{\"type\":\"roll.rules\",\"v\":2}"}) {
            var parsed = RegisterLeaf.parse(leaf.getBytes(UTF_8));
            assertThat(parsed).isInstanceOf(UnknownLeaf.class).hasToString(leaf);
            assertThat(parsed.bytes()).isEqualTo(leaf.getBytes(UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"type\":\"x\"}",
                "{\"type\":1,\"v\":1}",
                "{\"type\":\"x\",\"v\":0}",
                "{\"type\":\"x\",\"v\":1} ",
                "{\"at\":\"2016-11-23T09:00:00Z\",\"box\":\"aaaaaaaaaaaaaaaaaaaaaaaaaa\",\"by\":\"aaaaaaaaaaaaaaaaaaaaaaaaaa\",\"type\":\"box.superseded\",\"v\":1}",
                "{\"files\":{\"a.js\":\"AB\"},\"type\":\"client.released\",\"v\":1,\"version\":\"1\"}",
            })
    void whatIsAlmostALeafIsRefused(String leaf) {
        assertThatIllegalArgumentException().isThrownBy(() -> RegisterLeaf.parse(leaf.getBytes(UTF_8)));
    }
}
