package org.undersigned.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.tlog.Hash;

class LedgerLeafTest {
    private static final BoxId BOX = BoxId.of("a".repeat(26));

    @Test
    void everyKindIsReadBack() {
        for (LedgerLeaf leaf : List.of(
                new LedgerLeaf.BoxCheckpoint(BOX, "a note\n\n— x y\n"),
                new LedgerLeaf.BoxClosed(BOX, "a note\n", List.of(Hash.sha256().hex())),
                new LedgerLeaf.RollTally(
                        "a.edu", List.of("a.edu", "b.edu"), "member", LocalDate.parse("2016-11-23"), 12))) {
            assertThat(LedgerLeaf.parse(leaf.bytes())).isEqualTo(leaf);
        }
    }

    @Test
    void theBytesAreTheDocumented() {
        assertThat(new LedgerLeaf.RollTally("a.edu", List.of("a.edu"), "member", LocalDate.parse("2016-11-23"), 12)
                        .bytes())
                .asString(UTF_8)
                .isEqualTo("{\"books\":12,\"campus\":\"a.edu\",\"campuses\":[\"a.edu\"],\"class\":\"member\","
                        + "\"day\":\"2016-11-23\",\"type\":\"roll.tally\",\"v\":1}");
        assertThat(new LedgerLeaf.BoxCheckpoint(BOX, "n\n").bytes())
                .asString(UTF_8)
                .isEqualTo("{\"box\":\"" + BOX + "\",\"note\":\"n\\n\",\"type\":\"box.checkpoint\",\"v\":1}");
    }

    @Test
    void theFutureIsKept() {
        var leaf = "{\"type\":\"roll.tally\",\"v\":2}";
        assertThat(LedgerLeaf.parse(leaf.getBytes(UTF_8)))
                .isInstanceOf(UnknownLeaf.class)
                .hasToString(leaf);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"box\":\"aaaaaaaaaaaaaaaaaaaaaaaaaa\",\"note\":\"\",\"other\":1,\"type\":\"box.checkpoint\",\"v\":1}",
                "{\"box\":\"b\",\"note\":\"\",\"type\":\"box.checkpoint\",\"v\":1}",
                "{\"books\":9,\"campus\":\"a\",\"campuses\":[\"a\"],\"class\":\"m\",\"day\":\"2016-11-23\",\"type\":\"roll.tally\",\"v\":1}",
                "{\"books\":12,\"campus\":\"a\",\"campuses\":[\"b\",\"a\"],\"class\":\"m\",\"day\":\"2016-11-23\",\"type\":\"roll.tally\",\"v\":1}",
                "{\"books\":12,\"campus\":\"a\",\"campuses\":[\"a\"],\"class\":\"m\",\"day\":\"today\",\"type\":\"roll.tally\",\"v\":1}",
            })
    void whatIsAlmostALeafIsRefused(String leaf) {
        assertThatIllegalArgumentException().isThrownBy(() -> LedgerLeaf.parse(leaf.getBytes(UTF_8)));
    }
}
