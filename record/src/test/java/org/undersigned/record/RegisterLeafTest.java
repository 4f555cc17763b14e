package org.undersigned.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.record.recount.FakeSite;
import org.undersigned.tlog.Hash;

class RegisterLeafTest {
    private static final BoxId BOX = BoxId.of("a".repeat(26));

    @Test
    void everyKindIsReadBack() {
        for (RegisterLeaf leaf : List.of(
                new RegisterLeaf.BoxOpened(FakeSite.open().manifest),
                new RegisterLeaf.BoxCheckpoint(BOX, "a note\n\n— x y\n"),
                new RegisterLeaf.BoxClosed(
                        BOX, "a note\n", List.of(Hash.sha256().hex())),
                new RegisterLeaf.RollTally(
                        "a.edu", List.of("a.edu", "b.edu"), "member", LocalDate.parse("2016-11-23"), 12),
                new RegisterLeaf.RollRules(
                        "a.edu",
                        List.of("a.edu", "b.edu"),
                        "member",
                        List.of("a.edu"),
                        List.of("math.a.edu"),
                        List.of("case", "plus-tag"),
                        Instant.parse("2016-11-23T09:00:00Z")),
                new RegisterLeaf.ClientReleased("1.0", Map.of("b.js", "ab".repeat(32), "a.js", "cd".repeat(32))))) {
            assertThat(RegisterLeaf.parse(leaf.bytes())).isEqualTo(leaf);
        }
    }

    @Test
    void theBytesAreTheDocumented() {
        assertThat(new RegisterLeaf.RollTally("a.edu", List.of("a.edu"), "member", LocalDate.parse("2016-11-23"), 12)
                        .bytes())
                .asString(UTF_8)
                .isEqualTo("{\"books\":12,\"campus\":\"a.edu\",\"campuses\":[\"a.edu\"],\"class\":\"member\","
                        + "\"day\":\"2016-11-23\",\"type\":\"roll.tally\",\"v\":1}");
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
        assertThat(new RegisterLeaf.BoxCheckpoint(BOX, "n\n").bytes())
                .asString(UTF_8)
                .isEqualTo("{\"box\":\"" + BOX + "\",\"note\":\"n\\n\",\"type\":\"box.checkpoint\",\"v\":1}");
    }

    @Test
    void theFutureIsKept() {
        for (String leaf :
                new String[] {"{\"moon\":1,\"type\":\"weather.noted\",\"v\":1}", "{\"type\":\"roll.tally\",\"v\":2}"}) {
            var parsed = RegisterLeaf.parse(leaf.getBytes(UTF_8));
            assertThat(parsed).isInstanceOf(RegisterLeaf.Unknown.class).hasToString(leaf);
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
                "{\"box\":\"aaaaaaaaaaaaaaaaaaaaaaaaaa\",\"note\":\"\",\"other\":1,\"type\":\"box.checkpoint\",\"v\":1}",
                "{\"box\":\"b\",\"note\":\"\",\"type\":\"box.checkpoint\",\"v\":1}",
                "{\"books\":9,\"campus\":\"a\",\"campuses\":[\"a\"],\"class\":\"m\",\"day\":\"2016-11-23\",\"type\":\"roll.tally\",\"v\":1}",
                "{\"books\":12,\"campus\":\"a\",\"campuses\":[\"b\",\"a\"],\"class\":\"m\",\"day\":\"2016-11-23\",\"type\":\"roll.tally\",\"v\":1}",
                "{\"books\":12,\"campus\":\"a\",\"campuses\":[\"a\"],\"class\":\"m\",\"day\":\"today\",\"type\":\"roll.tally\",\"v\":1}",
                "{\"files\":{\"a.js\":\"AB\"},\"type\":\"client.released\",\"v\":1,\"version\":\"1\"}",
            })
    void whatIsAlmostALeafIsRefused(String leaf) {
        assertThatIllegalArgumentException().isThrownBy(() -> RegisterLeaf.parse(leaf.getBytes(UTF_8)));
    }
}
