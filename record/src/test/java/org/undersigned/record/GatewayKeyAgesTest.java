package org.undersigned.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.undersigned.ohttp.GatewayKey;

/// A key of the gateway stands for at least six days: one for a moment could be for one person.
class GatewayKeyAgesTest {
    private static final Instant START = Instant.parse("2016-11-16T12:00:00Z");

    private static RegisterLeaf.RelayNamed leaf(int key, String operator, Duration after) {
        var secret = new byte[32];
        secret[5] = (byte) key;
        var relay = new Relay(
                URI.create("https://relay.example.net/a"),
                operator,
                GatewayKey.restore(key, secret).config());
        return new RegisterLeaf.RelayNamed(relay, START.plus(after));
    }

    private static boolean isFine(RegisterLeaf.RelayNamed... leaves) {
        var ages = new GatewayKeyAges();
        return List.of(leaves).stream().map(ages::add).allMatch(fault -> fault.isEmpty());
    }

    @Test
    void anotherKeyComesAfterSixDaysAtTheEarliest() {
        var first = leaf(1, "One", Duration.ZERO);
        assertThat(isFine(first, leaf(2, "One", Duration.ofDays(6)))).isTrue();
        assertThat(isFine(first, leaf(2, "One", Duration.ofDays(6).minusSeconds(1))))
                .isFalse();
        assertThat(isFine(first, leaf(1, "Another", Duration.ofDays(1)), leaf(2, "One", Duration.ofDays(6))))
                .isTrue();
        assertThat(isFine(first, leaf(2, "One", Duration.ofDays(7)), leaf(1, "One", Duration.ofDays(8))))
                .isFalse();
    }

    @Test
    void leavingTheRelayForAMomentHidesNothing() {
        var none = new RegisterLeaf.RelayNamed(null, START.plusSeconds(60));
        assertThat(isFine(leaf(1, "One", Duration.ZERO), none, leaf(2, "One", Duration.ofHours(1))))
                .isFalse();
        assertThat(isFine(leaf(1, "One", Duration.ZERO), none, leaf(1, "One", Duration.ofHours(1))))
                .isTrue();
        assertThat(isFine(none, leaf(2, "One", Duration.ofHours(1)))).isTrue();
    }
}
