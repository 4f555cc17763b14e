package org.undersigned.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.tlog.Hash;

class LedgerLeafTest {
    private static final BoxId BOX = BoxId.of("a".repeat(26));
    private static final LocalDate DAY = LocalDate.parse("2016-11-23");
    private static final Instant UNTIL = Instant.parse("2016-11-24T12:00:00Z");

    @Test
    void everyKindIsReadBack() {
        for (LedgerLeaf leaf : List.of(
                new LedgerLeaf.BoxCheckpoint(BOX, "a note\n\n— x y\n"),
                new LedgerLeaf.BoxClosed(BOX, "a note\n", List.of(Hash.sha256().hex())),
                new LedgerLeaf.RollTally(
                        "a.edu", List.of("a.edu", "b.edu"), "member", LocalDate.parse("2016-11-23"), 12),
                new LedgerLeaf.CardsMade("abcd2345", "a.edu", List.of("a.edu", "b.edu"), 200, DAY, UNTIL),
                new LedgerLeaf.CardsCancelled("abcd2345", DAY, 60))) {
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
    void cardsAreDocumented() {
        assertThat(new LedgerLeaf.CardsMade("abcd2345", "a.edu", List.of("a.edu"), 200, DAY, UNTIL).bytes())
                .asString(UTF_8)
                .isEqualTo("{\"batch\":\"abcd2345\",\"campus\":\"a.edu\",\"campuses\":[\"a.edu\"],\"cards\":200,"
                        + "\"day\":\"2016-11-23\",\"type\":\"cards.made\",\"until\":\"2016-11-24T12:00:00Z\",\"v\":1}");
        assertThat(new LedgerLeaf.CardsCancelled("abcd2345", DAY, LedgerLeaf.CardsCancelled.rounded(51)).bytes())
                .asString(UTF_8)
                .isEqualTo("{\"batch\":\"abcd2345\",\"day\":\"2016-11-23\",\"drawn_at_most\":60,"
                        + "\"type\":\"cards.cancelled\",\"v\":1}");
        assertThat(LedgerLeaf.CardsCancelled.rounded(0)).isEqualTo(10);
        assertThat(LedgerLeaf.CardsCancelled.rounded(10)).isEqualTo(10);
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
                "{\"batch\":\"abcd2345\",\"campus\":\"a\",\"campuses\":[\"a\"],\"cards\":9,\"day\":\"2016-11-23\",\"type\":\"cards.made\",\"until\":\"2016-11-24T12:00:00Z\",\"v\":1}",
                "{\"batch\":\"abcd2341\",\"campus\":\"a\",\"campuses\":[\"a\"],\"cards\":10,\"day\":\"2016-11-23\",\"type\":\"cards.made\",\"until\":\"2016-11-24T12:00:00Z\",\"v\":1}",
                "{\"batch\":\"abcd2345\",\"day\":\"2016-11-23\",\"drawn_at_most\":51,\"type\":\"cards.cancelled\",\"v\":1}",
            })
    void whatIsAlmostALeafIsRefused(String leaf) {
        assertThatIllegalArgumentException().isThrownBy(() -> LedgerLeaf.parse(leaf.getBytes(UTF_8)));
    }
}
