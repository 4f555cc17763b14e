package org.undersigned.server.count.register;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.undersigned.ohttp.GatewayKey;
import org.undersigned.ohttp.NotOpenedException;
import org.undersigned.ohttp.OpenedRequest;
import org.undersigned.record.RegisterLeaf;
import org.undersigned.record.Relay;
import org.undersigned.server.platform.crypto.MasterKey;

/// The keys with which the gateway opens what came through the relay (PROTOCOL §5). The register names the
/// relay and the newest key. A key is replaced after a week and destroyed three days later: who takes the
/// database then cannot open what was recorded before.
public final class GatewayKeys {
    static final Duration LIFETIME = Duration.ofDays(7);
    /// How long a relay may hold a request back, if this instance was away, and still deliver it.
    static final Duration GRACE = Duration.ofDays(3);

    private static final int IDS = 256;

    private final Register register;
    private final @Nullable NamedRelay relay;
    private final MasterKey masterKey;
    private final SecureRandom random;
    private final Clock clock;
    private volatile Map<Integer, GatewayKey> keys = Map.of();

    /// @param relay null if this instance has none
    public GatewayKeys(
            Register register, @Nullable NamedRelay relay, MasterKey masterKey, SecureRandom random, Clock clock) {
        this.register = register;
        this.relay = relay;
        this.masterKey = masterKey;
        this.random = random;
        this.clock = clock;
    }

    /// Names the relay and the gateway's key in the register, unless that is done; replaces a key that is a week old;
    /// deletes keys that have ended. Safe to call at any time, on any node.
    public void renew() {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        register.withLock(appender -> {
            var store = appender.store();
            store.deleteEndedGatewayKeys(now);
            var named = store.relay().orElse(new RegisterLeaf.RelayNamed(null, Instant.EPOCH));
            var known = store.gatewayKeys();
            if (isCurrent(named, known, now)) return;
            store.endGatewayKeys(now.plus(GRACE));
            appender.append(List.of(new RegisterLeaf.RelayNamed(
                    relay == null ? null : new Relay(relay.url(), relay.operator(), newKey(store, known)), now)));
        });
        load();
    }

    private boolean isCurrent(RegisterLeaf.RelayNamed named, List<RegisterStore.SealedGatewayKey> known, Instant now) {
        var says = named.relay();
        if (relay == null || says == null) return relay == null && says == null;
        return says.url().equals(relay.url())
                && says.operator().equals(relay.operator())
                && known.stream().anyMatch(key -> key.id() == says.key().id())
                && now.isBefore(named.from().plus(LIFETIME));
    }

    private org.undersigned.ohttp.KeyConfig newKey(RegisterStore store, List<RegisterStore.SealedGatewayKey> known) {
        var used = known.stream().map(RegisterStore.SealedGatewayKey::id).collect(Collectors.toSet());
        var id = random.nextInt(IDS);
        while (used.contains(id)) id = (id + 1) % IDS; // there are at most some dozens
        var key = GatewayKey.generate(id, random);
        store.storeGatewayKey(new RegisterStore.SealedGatewayKey(id, masterKey.seal(nameOf(id), key.secretKey())));
        return key.config();
    }

    private static String nameOf(int id) {
        return "gateway/" + id;
    }

    private void load() {
        keys = register.read(RegisterStore::gatewayKeys).stream()
                .collect(Collectors.toMap(
                        RegisterStore.SealedGatewayKey::id,
                        one -> GatewayKey.restore(one.id(), masterKey.open(nameOf(one.id()), one.sealed()))));
    }

    /// Opens a sealed request; empty if it is not sealed to a key that this gateway has now.
    public Optional<OpenedRequest> open(byte[] sealed) {
        var id = GatewayKey.keyId(sealed);
        if (!keys.containsKey(id)) load(); // another node may have made it
        var key = keys.get(id);
        if (key == null) return Optional.empty();
        try {
            return Optional.of(key.open(sealed));
        } catch (NotOpenedException e) {
            return Optional.empty();
        }
    }
}
