package org.undersigned.record;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.undersigned.ohttp.KeyConfig;

/// How long a register names each key of the gateway (PROTOCOL §9). A key that is named for a moment only
/// could be for one person, whose entry it would then show: therefore another key may come after six days at
/// the earliest.
public final class GatewayKeyAges {
    /// The shortest time from one key to the next.
    public static final Duration SHORTEST = Duration.ofDays(6);

    private @Nullable Named newest;

    /// A key, and when the register named it first.
    public record Named(KeyConfig key, Instant since) {
        private boolean isOf(Relay relay) {
            return Arrays.equals(key.encode(), relay.key().encode());
        }
    }

    /// The newest key that a register names, also if it names no relay now; empty if it never named one.
    ///
    /// @param leaves in the order of the register
    public static Optional<Named> newest(List<RegisterLeaf.RelayNamed> leaves) {
        var ages = new GatewayKeyAges();
        for (RegisterLeaf.RelayNamed leaf : leaves) {
            var _ = ages.add(leaf);
        }
        return Optional.ofNullable(ages.newest);
    }

    /// Takes the next leaf.
    ///
    /// @return what is wrong with it, or empty
    public Optional<String> add(RegisterLeaf.RelayNamed leaf) {
        var relay = leaf.relay();
        var before = newest;
        if (relay == null || before != null && before.isOf(relay)) return Optional.empty();
        newest = new Named(relay.key(), leaf.from());
        return before == null || !leaf.from().isBefore(before.since().plus(SHORTEST))
                ? Optional.empty()
                : Optional.of("the gateway's key of " + before.since() + " is replaced at " + leaf.from()
                        + ", before six days are over");
    }
}
