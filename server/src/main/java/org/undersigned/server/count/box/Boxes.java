package org.undersigned.server.count.box;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.BoxId;
import org.undersigned.record.BoxKeys;
import org.undersigned.record.CastRequest;
import org.undersigned.record.Manifest;
import org.undersigned.record.OfferedBoxes;
import org.undersigned.record.Promise;
import org.undersigned.record.Verdict;
import org.undersigned.record.Withdrawal;
import org.undersigned.server.count.register.LogKey;
import org.undersigned.server.platform.crypto.CryptoPool;
import org.undersigned.server.platform.db.DatabaseRole;
import org.undersigned.server.platform.db.GroupCommit;
import org.undersigned.server.platform.db.LogStore;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.Tile;

/// Accepts entries and withdrawals: verifies each, stores it once, and returns a promise. It is durable when the
/// promise is returned.
public final class Boxes {
    static final byte ENTRY = 1;
    static final byte WITHDRAWAL = 2;

    private final Jdbi jdbi;
    private final LogKey key;
    private final Function<Manifest, BoxKeys> issuerKeys;
    private final CryptoPool crypto;
    private final Clock clock;
    private final GroupCommit<Keeping, Outcome> group = new GroupCommit<>(this::keepAll);
    private final ConcurrentMap<BoxId, Manifest> manifests = new ConcurrentHashMap<>();

    /// @param issuerKeys the keys of a box that is open
    public Boxes(Jdbi jdbi, LogKey key, Function<Manifest, BoxKeys> issuerKeys, CryptoPool crypto, Clock clock) {
        this.jdbi = jdbi;
        this.key = key;
        this.issuerKeys = issuerKeys;
        this.crypto = crypto;
        this.clock = clock;
    }

    /// Opens the boxes that the register offers, and says which of them are superseded: these take withdrawals only.
    /// Opening a box again changes nothing.
    public void obey(OfferedBoxes offered) {
        jdbi.useTransaction(transaction -> {
            var store = new BoxStore(transaction);
            var states = store.superseded();
            for (var offer : offered.all()) {
                var box = offer.manifest().box();
                var isSuperseded = offered.supersession(box).isPresent();
                if (!states.containsKey(box)) store.open(offer.manifest(), clock.instant());
                if (states.getOrDefault(box, false) != isSuperseded) store.setSuperseded(box, isSuperseded);
            }
        });
    }

    /// Casts an entry. The checks have the order of PROTOCOL §5.
    CastResult cast(BoxId box, CastRequest request) {
        var manifest = manifest(box);
        if (manifest == null) return new CastResult.Refused(CastResult.Reason.NO_SUCH_BOX);
        if (!manifest.isOpenAt(clock.instant())) return new CastResult.Refused(CastResult.Reason.BOX_CLOSED);
        var entry = request.entry();
        var issuers = issuerKeys.apply(manifest);
        return switch (crypto.call(() -> entry.check(manifest, issuers))) {
            case Verdict.Invalid(var reason) -> new CastResult.Refused(reason(reason));
            case Verdict.Valid(var cls) ->
                keep(
                        manifest,
                        new BoxStore.Cast(
                                new BoxStore.Key(box, ENTRY, Hash.of(entry.nonce())),
                                entry.leafHash(),
                                entry.bytes(),
                                cls,
                                entry.affiliation(),
                                publishBy(manifest)),
                        request.statement().orElse(new byte[0]));
        };
    }

    /// Withdraws a published entry, once (PROTOCOL §7).
    CastResult withdraw(BoxId box, Withdrawal withdrawal) {
        var manifest = manifest(box);
        if (manifest == null) return new CastResult.Refused(CastResult.Reason.NO_SUCH_BOX);
        if (!manifest.isOpenAt(clock.instant())) return new CastResult.Refused(CastResult.Reason.BOX_CLOSED);
        if (!crypto.call(() -> withdrawal.check(manifest.origin()))) {
            return new CastResult.Refused(CastResult.Reason.WRONG_SIGNATURE);
        }
        var nonce = Hash.of(withdrawal.nonce());
        var entry = jdbi.withHandle(handle -> new BoxStore(handle).known(new BoxStore.Key(box, ENTRY, nonce)))
                .filter(BoxStore.Known::published);
        if (entry.isEmpty()) return new CastResult.Refused(CastResult.Reason.ENTRY_NOT_PUBLISHED);
        return keep(
                manifest,
                new BoxStore.Cast(
                        new BoxStore.Key(box, WITHDRAWAL, nonce),
                        withdrawal.leafHash(),
                        withdrawal.bytes(),
                        entry.get().cls(),
                        entry.get().affiliation(),
                        publishBy(manifest)),
                new byte[0]);
    }

    private CastResult keep(Manifest manifest, BoxStore.Cast cast, byte[] statement) {
        return switch (group.store(new Keeping(cast, statement))) {
            case Kept(var publishBy) ->
                new CastResult.Kept(key.sign(new Promise(manifest.origin(), cast.leafHash(), publishBy)));
            case NotKept(var reason) -> new CastResult.Refused(reason);
        };
    }

    private record Keeping(BoxStore.Cast cast, byte[] statement) {}

    private sealed interface Outcome {}

    private record Kept(Instant publishBy) implements Outcome {}

    private record NotKept(CastResult.Reason reason) implements Outcome {}

    private List<Outcome> keepAll(List<Keeping> group) {
        return jdbi.inTransaction(transaction -> {
            var store = new BoxStore(transaction);
            var casts = group.stream().map(Keeping::cast).toList();
            var stored = store.known(casts);
            var added = store.keep(casts.stream()
                    .filter(cast -> !stored.containsKey(cast.key()))
                    .toList());
            stored.putAll(added);
            var outcomes = new ArrayList<Outcome>();
            for (var one : group) {
                var cast = one.cast();
                var known = stored.get(cast.key());
                var outcome = known == null ? notKept(store, cast) : outcome(known, cast);
                outcomes.add(outcome);
                // another one of the group may repeat it
                var isNew = outcome instanceof Kept && added.remove(cast.key()) != null;
                if (isNew && one.statement().length > 0) store.keepStatement(cast.key(), one.statement());
                if (isNew && cast.key().kind() == WITHDRAWAL) store.forgetStatement(cast.key());
            }
            return outcomes;
        });
    }

    /// A leaf that was stored before is a retry if it has the same bytes.
    private static Outcome outcome(BoxStore.Known stored, BoxStore.Cast cast) {
        return stored.leafHash().equals(cast.leafHash())
                ? new Kept(stored.publishBy())
                : new NotKept(CastResult.Reason.NONCE_USED);
    }

    /// Another server kept the leaf meanwhile, or its box takes none.
    private static Outcome notKept(BoxStore store, BoxStore.Cast cast) {
        var known = store.known(cast.key());
        if (known.isPresent()) return outcome(known.get(), cast);
        var isSuperseded = store.state(cast.key().box()).orElseThrow().superseded();
        return new NotKept(isSuperseded ? CastResult.Reason.BOX_SUPERSEDED : CastResult.Reason.BOX_CLOSED);
    }

    /// The latest moment to publish an entry, rounded down to a coarse step (a 24th of the longest delay), so that
    /// neither the promise nor its row shows when within that step the entry was cast.
    private Instant publishBy(Manifest manifest) {
        var longest = manifest.publish().maxDelaySeconds();
        var step = Math.max(longest / 24, 1);
        var latest = clock.instant().getEpochSecond() + longest;
        return Instant.ofEpochSecond(latest - Math.floorMod(latest, step));
    }

    /// The published counts of one class.
    ///
    /// @param byAffiliation index 0 is "not said", else 1 + the index in the manifest's list
    public record ClassCount(String name, long entries, long withdrawals, List<AffiliationCount> byAffiliation) {
        public long count() {
            return entries - withdrawals;
        }
    }

    /// The count of one declared affiliation: entries minus withdrawals.
    public record AffiliationCount(int affiliation, long count) {}

    /// The count of one class when the box had `size` leaves.
    public record Batch(String cls, long size, Instant publishedAt, long standing) {}

    /// What a box has published: its newest checkpoint, the counts of exactly that tree, its batches, and a few of
    /// the statements that are shown.
    public record Published(
            Manifest manifest,
            boolean closed,
            long size,
            String note,
            List<ClassCount> counts,
            List<Batch> batches,
            List<PublicStatement> statements) {}

    /// The shown statements of a box, in an order that reveals nothing.
    ///
    /// @param most the maximum number of statements
    public List<PublicStatement> statements(BoxId box, int most) {
        return jdbi.withHandle(handle -> new PublishedStore(handle).statements(box, most));
    }

    /// Every box that has written its first checkpoint.
    public List<Published> published() {
        return jdbi.inTransaction(
                TransactionIsolationLevel.REPEATABLE_READ, snapshot -> new PublishedStore(snapshot).all(manifests));
    }

    static List<ClassCount> counts(Manifest manifest, List<BoxStore.Counted> rows) {
        return manifest.classes().stream().map(cls -> count(cls.name(), rows)).toList();
    }

    private static ClassCount count(String cls, List<BoxStore.Counted> rows) {
        var own = rows.stream().filter(row -> row.cls().equals(cls)).toList();
        return new ClassCount(
                cls,
                own.stream().mapToLong(BoxStore.Counted::entries).sum(),
                own.stream().mapToLong(BoxStore.Counted::withdrawals).sum(),
                own.stream()
                        .map(row -> new AffiliationCount(row.affiliation(), row.entries() - row.withdrawals()))
                        .toList());
    }

    Optional<String> checkpoint(BoxId box) {
        return jdbi.withHandle(handle -> new LogStore(handle, DatabaseRole.BOX, box.value()).published())
                .map(LogStore.Published::note);
    }

    Optional<byte[]> tile(BoxId box, Tile tile) {
        return jdbi.withHandle(handle -> {
            try {
                return Optional.of(new LogStore(handle, DatabaseRole.BOX, box.value()).read(tile));
            } catch (LogStore.NoSuchTile e) {
                return Optional.empty();
            }
        });
    }

    /// A box's manifest, or null if there is no such box. Manifests never change, so they are cached.
    private @Nullable Manifest manifest(BoxId box) {
        var known = manifests.get(box);
        if (known != null) return known;
        var state = jdbi.withHandle(handle -> new BoxStore(handle).state(box));
        state.ifPresent(found -> manifests.putIfAbsent(box, found.manifest()));
        return state.map(BoxStore.State::manifest).orElse(null);
    }

    private static CastResult.Reason reason(Verdict.Reason reason) {
        return switch (reason) {
            case KEY_UNKNOWN -> CastResult.Reason.UNKNOWN_KEY;
            case CHALLENGE_WRONG -> CastResult.Reason.WRONG_CHALLENGE;
            case NONCE_WRONG -> CastResult.Reason.WRONG_NONCE;
            case SIGNATURE_WRONG -> CastResult.Reason.WRONG_SIGNATURE;
            case TOKEN_WRONG -> CastResult.Reason.WRONG_TOKEN;
            case AFFILIATION_UNKNOWN -> CastResult.Reason.UNKNOWN_AFFILIATION;
        };
    }

    /// How long after its closing time a box still publishes entries that were cast just before.
    static final Duration GRACE = Duration.ofMinutes(1);
}
