package org.undersigned.server.count.register;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.undersigned.ohttp.GatewayKey;
import org.undersigned.ohttp.KeyConfig;
import org.undersigned.record.GatewayKeyAges;
import org.undersigned.record.RegisterLeaf;
import org.undersigned.record.Relay;
import org.undersigned.server.platform.crypto.MasterKey;

/// The keys with which the gateway opens what came through the relay (PROTOCOL §5). The register names the
/// relay and the newest key. A key is replaced after a week and destroyed three days later: who takes the
/// database then cannot open what was recorded before.
public final class GatewayKeys {
    static final Duration LIFETIME = Duration.ofDays(7);
    private static final Duration BETWEEN_LOADS = Duration.ofSeconds(1);
    /// How long a relay may hold a request back, if this instance was away, and still deliver it.
    static final Duration GRACE = Duration.ofDays(3);

    private static final int IDS = 256;

    private final Register register;
    private final @Nullable NamedRelay relay;
    private final MasterKey masterKey;
    private final SecureRandom random;
    private final Clock clock;
    private volatile Loaded keys = new Loaded(Map.of(), Instant.MIN);

    private record Loaded(Map<Integer, GatewayKey> byId, Instant at) {}

    /// @param relay null if this instance has none
    public GatewayKeys(
            Register register, @Nullable NamedRelay relay, MasterKey masterKey, SecureRandom random, Clock clock) {
        this.register = register;
        this.relay = relay;
        this.masterKey = masterKey;
        this.random = random;
        this.clock = clock;
    }

    /// Names the relay and the gateway's key in the register, unless that is done; replaces a key that is a
    /// week old, and never earlier, because clients refuse that (PROTOCOL §9); deletes keys that have ended.
    /// Safe to call at any time, on any node.
    public void renew() {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        register.withLock(appender -> {
            var store = appender.store();
            store.deleteEndedGatewayKeys(now);
            var named = store.relays();
            var last = named.isEmpty() ? null : named.getLast().relay();
            var next = relay == null ? null : next(store, named, relay, now);
            if (!Objects.equals(last, next)) appender.append(List.of(new RegisterLeaf.RelayNamed(next, now)));
        });
        load();
    }

    /// The relay to name: with the newest key if that is younger than a week, else with a new key. Null if
    /// the newest key is lost: then there is no relay until it would have been replaced.
    private @Nullable Relay next(
            RegisterStore store, List<RegisterLeaf.RelayNamed> named, NamedRelay chosen, Instant now) {
        var newest = GatewayKeyAges.newest(named);
        if (newest.isEmpty() || !now.isBefore(newest.get().since().plus(LIFETIME))) {
            store.endGatewayKeys(now.plus(GRACE));
            return new Relay(chosen.url(), chosen.operator(), newKey(store));
        }
        var key = newest.get().key();
        var isHere = store.gatewayKeys().stream().anyMatch(one -> one.id() == key.id());
        return isHere ? new Relay(chosen.url(), chosen.operator(), key) : null;
    }

    private KeyConfig newKey(RegisterStore store) {
        var used = store.gatewayKeys().stream()
                .map(RegisterStore.SealedGatewayKey::id)
                .collect(Collectors.toSet());
        var id = random.nextInt(IDS);
        while (used.contains(id)) id = (id + 1) % IDS; // two at most
        var key = GatewayKey.generate(id, random);
        store.storeGatewayKey(new RegisterStore.SealedGatewayKey(id, masterKey.seal(nameOf(id), key.secretKey())));
        return key.config();
    }

    private static String nameOf(int id) {
        return "gateway/" + id;
    }

    private void load() {
        var byId = register.read(RegisterStore::gatewayKeys).stream()
                .collect(Collectors.toMap(
                        RegisterStore.SealedGatewayKey::id,
                        one -> GatewayKey.restore(one.id(), masterKey.open(nameOf(one.id()), one.sealed()))));
        keys = new Loaded(byId, clock.instant());
    }

    /// The key to which a request is sealed; empty if this gateway does not have it now.
    public Optional<GatewayKey> keyOf(byte[] sealed) {
        var id = GatewayKey.keyId(sealed);
        // another node may have made it; a stranger's request must not cost more than a look
        var isOld = clock.instant().isAfter(keys.at().plus(BETWEEN_LOADS));
        if (!keys.byId().containsKey(id) && isOld) load();
        return Optional.ofNullable(keys.byId().get(id));
    }
}
