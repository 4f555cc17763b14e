package org.undersigned.server.count.register;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;
import org.undersigned.privacypass.IssuerPublicKey;
import org.undersigned.record.BoxKeys;
import org.undersigned.record.LedgerLeaf;
import org.undersigned.record.Manifest;
import org.undersigned.record.OfferedBoxes;
import org.undersigned.record.RegisterLeaf;
import org.undersigned.record.WitnessPolicy;
import org.undersigned.server.platform.crypto.MasterKey;
import org.undersigned.server.platform.db.DatabaseRole;
import org.undersigned.server.platform.db.LogStore;
import org.undersigned.server.platform.startup.StartupFailure;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.LogWriter;
import org.undersigned.tlog.Merkle;
import org.undersigned.tlog.Note;
import org.undersigned.tlog.Note.NoteSignature;
import org.undersigned.tlog.Tile;
import org.undersigned.tlog.TileSource;

/// The register, the public log of what is offered (manifests, rules, client releases), and the ledger, the public
/// log of what happens (checkpoints, tallies, closings). Appending is idempotent: a leaf that a log already contains
/// is not appended again, so a caller may repeat an append after a crash.
public final class Register {
    private final Jdbi jdbi;
    private final LogKey key;
    /// Keys never change, so those that were read stay in memory: about 1 KB each.
    private final ConcurrentMap<Hash, IssuerPublicKey> keys = new ConcurrentHashMap<>();

    private volatile Obeyed obeyed = new Obeyed(-1, new OfferedBoxes(), WitnessPolicy.NONE);

    private Register(Jdbi jdbi, LogKey key) {
        this.jdbi = jdbi;
        this.key = key;
    }

    /// Opens the register of the instance named `host`; the first time, generates its log key and creates an empty
    /// log.
    ///
    /// @param host the instance's name in its record, which never changes
    /// @throws StartupFailure if this data belongs to an instance with another name
    public static Register open(Jdbi jdbi, String host, MasterKey masterKey, SecureRandom random) {
        var instance = jdbi.inTransaction(transaction -> {
            new RegisterStore(transaction).lockLogs();
            var known = RegisterStore.instance(transaction);
            if (known.isPresent()) return known.get();
            var seed = new byte[32];
            random.nextBytes(seed);
            var fresh = new RegisterStore.Instance(host, masterKey.seal("log", seed));
            RegisterStore.name(transaction, fresh);
            return fresh;
        });
        if (!instance.host().equals(host)) {
            throw new StartupFailure("this data belongs to the instance named " + instance.host() + ", not " + host
                    + "; the name of a record cannot change");
        }
        var register = new Register(jdbi, new LogKey(host, masterKey.open("log", instance.sealedSeed())));
        register.startLogs();
        return register;
    }

    /// Opens the register of the instance whose data this is, for a command.
    ///
    /// @throws StartupFailure if there is no instance yet
    public static Register ofInstance(Jdbi jdbi, MasterKey masterKey) {
        var instance = jdbi.withHandle(RegisterStore::instance)
                .orElseThrow(() -> new StartupFailure("this data has no record yet; start the instance first"));
        return new Register(jdbi, new LogKey(instance.host(), masterKey.open("log", instance.sealedSeed())));
    }

    public LogKey key() {
        return key;
    }

    /// Appends `leaf` to the register. The leaf is durable and publicly served when this method returns.
    ///
    /// @return the leaf's index
    public long append(RegisterLeaf leaf) {
        return jdbi.inTransaction(transaction -> new Appender(transaction).append(List.of(leaf)));
    }

    /// Appends `leaf` to the ledger. The leaf is durable and publicly served when this method returns.
    ///
    /// @return the leaf's index
    public long append(LedgerLeaf leaf) {
        return jdbi.inTransaction(transaction -> new Appender(transaction).append(leaf));
    }

    /// Appends leaves to the ledger under one new checkpoint: a witness cosigns once for all of them.
    public void append(List<LedgerLeaf> leaves) {
        if (!leaves.isEmpty()) withLock(appender -> appender.appendAll(leaves));
    }

    /// Runs `work` while no other caller can append. The leaves that `work` appends are durable and publicly served
    /// when this method returns.
    public void withLock(Consumer<Appender> work) {
        jdbi.useTransaction(transaction -> work.accept(new Appender(transaction)));
    }

    /// Both logs, locked for the length of a transaction.
    public final class Appender {
        private final RegisterStore store;
        private final Handle transaction;

        private Appender(Handle transaction) {
            this.transaction = transaction;
            store = new RegisterStore(transaction);
            store.lockLogs();
        }

        public boolean contains(LedgerLeaf leaf) {
            return indexOf(InstanceLog.LEDGER, leaf.bytes()).isPresent();
        }

        /// Every box that was ever opened, and which of them are current.
        public OfferedBoxes offered() {
            return store.offered();
        }

        /// Appends leaves under one new checkpoint: no reader ever sees only some of them.
        ///
        /// @return the index of the last leaf
        /// @throws IllegalStateException if a leaf would contradict the register: it would do so for ever
        public long append(List<RegisterLeaf> leaves) {
            requireConsistent(leaves);
            var index = -1L;
            var fresh = new ArrayList<byte[]>();
            var size = log(InstanceLog.REGISTER).published().orElseThrow().size();
            for (var leaf : leaves) {
                var bytes = leaf.bytes();
                var known = indexOf(InstanceLog.REGISTER, bytes);
                index = known.orElse(size + fresh.size());
                if (known.isPresent()) continue;
                store.remember(InstanceLog.REGISTER, Merkle.leaf(bytes), index);
                switch (leaf) {
                    case RegisterLeaf.BoxOpened _,
                            RegisterLeaf.BoxSuperseded _,
                            RegisterLeaf.WitnessesNamed _,
                            RegisterLeaf.RelayNamed _,
                            RegisterLeaf.ClientReleased _ ->
                        store.storeObeyed(new RegisterStore.ObeyedLeaf(index, bytes));
                    default -> {}
                }
                fresh.add(bytes);
            }
            if (!fresh.isEmpty()) write(InstanceLog.REGISTER, log(InstanceLog.REGISTER), fresh);
            return index;
        }

        private void requireConsistent(List<RegisterLeaf> leaves) {
            var offers = leaves.stream()
                    .filter(leaf ->
                            leaf instanceof RegisterLeaf.BoxOpened || leaf instanceof RegisterLeaf.BoxSuperseded)
                    .filter(leaf -> indexOf(InstanceLog.REGISTER, leaf.bytes()).isEmpty())
                    .toList();
            if (offers.isEmpty()) return;
            var offered = offered();
            var before = offered.faults().size();
            offers.forEach(leaf -> offered.add(Long.MAX_VALUE, leaf));
            var after = offered.faults();
            if (after.size() > before) throw new IllegalStateException("not appended: " + after.getLast());
        }

        /// @return the leaf's index; the existing index if the ledger already contains the leaf
        public long append(LedgerLeaf leaf) {
            return appendAll(List.of(leaf));
        }

        /// @return the index of the last leaf
        private long appendAll(List<LedgerLeaf> leaves) {
            var index = -1L;
            var fresh = new ArrayList<byte[]>();
            var size = log(InstanceLog.LEDGER).published().orElseThrow().size();
            for (var leaf : leaves) {
                var bytes = leaf.bytes();
                var known = indexOf(InstanceLog.LEDGER, bytes);
                index = known.orElse(size + fresh.size());
                if (known.isPresent()) continue;
                store.remember(InstanceLog.LEDGER, Merkle.leaf(bytes), index);
                switch (leaf) {
                    case LedgerLeaf.RollTally tally -> store.keepTally(tally);
                    case LedgerLeaf.CardsMade made -> store.keepCards(made);
                    case LedgerLeaf.CardsCancelled cancelled -> store.keepCards(cancelled);
                    default -> {}
                }
                fresh.add(bytes);
            }
            if (!fresh.isEmpty()) write(InstanceLog.LEDGER, log(InstanceLog.LEDGER), fresh);
            return index;
        }

        RegisterStore store() {
            return store;
        }

        private Optional<Long> indexOf(InstanceLog log, byte[] leaf) {
            return store.indexOf(log, Merkle.leaf(leaf));
        }

        private LogStore log(InstanceLog log) {
            return Register.log(transaction, log);
        }
    }

    private static LogStore log(Handle handle, InstanceLog log) {
        return new LogStore(handle, DatabaseRole.REGISTER, log.id());
    }

    /// The newest checkpoint as a signed note, with the cosignatures that it has so far. Readers fetch this note.
    public String cosigned(InstanceLog log) {
        return jdbi.withHandle(handle -> {
            var newest = log(handle, log).published().orElseThrow();
            var cosignatures = new RegisterStore(handle).cosignatures(log, newest.size());
            return Note.parse(newest.note()).with(cosignatures).toString();
        });
    }

    /// Number of leaves under the checkpoint that the witness named `name` cosigned last; 0 if it cosigned none.
    public long cosignedSize(InstanceLog log, String name) {
        return jdbi.withHandle(handle -> new RegisterStore(handle).cosignedSize(log, name));
    }

    /// Stores cosignatures of the witness named `name`. From now on the checkpoint is served with them.
    ///
    /// @param size         leaves under the checkpoint that the witness cosigned
    /// @param cosignatures already verified
    public void keepCosignatures(InstanceLog log, String name, long size, List<NoteSignature> cosignatures) {
        jdbi.useHandle(handle -> new RegisterStore(handle).keepCosignatures(log, name, size, cosignatures));
    }

    /// The newest checkpoint, signed by the log alone.
    public LogStore.Published published(InstanceLog log) {
        return jdbi.withHandle(handle -> log(handle, log).published().orElseThrow());
    }

    /// The bytes of a tile that the newest checkpoint covers; empty for any other.
    public Optional<byte[]> tile(InstanceLog log, Tile tile) {
        return jdbi.withHandle(handle -> {
            try {
                return Optional.of(log(handle, log).read(tile));
            } catch (LogStore.NoSuchTile e) {
                return Optional.empty();
            }
        });
    }

    /// The tiles that the newest checkpoint covers.
    public TileSource tiles(InstanceLog log) {
        return tile -> tile(log, tile).orElseThrow(() -> new IOException("the log has no tile " + tile.path()));
    }

    /// Records in the register which witnesses the operator names, if they are others than before.
    public void nameWitnesses(WitnessPolicy policy, Instant now) {
        withLock(appender -> {
            if (policy.saysTheSameAs(appender.store.policy())) return;
            appender.append(List.of(new RegisterLeaf.WitnessesNamed(policy, now.truncatedTo(ChronoUnit.SECONDS))));
        });
    }

    /// Records in the register which files a browser gets from now on, if they are others than before.
    ///
    /// @param files SHA-256 in hex by name
    public void releaseClient(String version, Map<String, String> files, Instant now) {
        withLock(appender -> {
            var before = appender.store.released();
            if (before.isPresent()
                    && before.get().version().equals(version)
                    && before.get().files().equals(files)) return;
            appender.append(
                    List.of(new RegisterLeaf.ClientReleased(version, files, now.truncatedTo(ChronoUnit.SECONDS))));
        });
    }

    /// Everything that `read` reads is of one moment.
    <T> T read(Function<RegisterStore, T> read) {
        return jdbi.inTransaction(
                TransactionIsolationLevel.REPEATABLE_READ, handle -> read.apply(new RegisterStore(handle)));
    }

    /// Stores a text that people will sign; it is served for ever.
    public void storeText(byte[] text) {
        jdbi.useHandle(handle -> new RegisterStore(handle).storeText(Hash.sha256(text), text));
    }

    /// The text with this SHA-256; empty if no box was opened for it.
    public Optional<byte[]> text(Hash sha256) {
        return jdbi.withHandle(handle -> new RegisterStore(handle).text(sha256));
    }

    /// Stores the public key of a box that is about to open; it is served for ever.
    public void storeKey(IssuerPublicKey key) {
        jdbi.useHandle(handle -> new RegisterStore(handle).storeKey(Hash.of(key.keyId()), key.spki()));
    }

    /// The issuer key with this id; empty if no box was opened with it.
    public Optional<IssuerPublicKey> key(Hash id) {
        var known = keys.get(id);
        if (known != null) return Optional.of(known);
        var read = jdbi.withHandle(handle -> new RegisterStore(handle).key(id)).map(IssuerPublicKey::parse);
        read.ifPresent(one -> keys.put(id, one));
        return read;
    }

    /// The issuer keys of a registered box.
    public BoxKeys keysOf(Manifest manifest) {
        return BoxKeys.of(
                manifest,
                manifest.classes().stream()
                        .map(one -> key(one.tokenKeyId()).orElseThrow())
                        .toList());
    }

    /// Cards for drawing in person, as the ledger says.
    ///
    /// @param campuses    whose people can use them
    /// @param drawnAtMost how many drew a book at most, a multiple of ten; null until the others are cancelled
    public record CardBatch(
            String batch,
            List<String> campuses,
            int cards,
            LocalDate day,
            @Nullable Integer drawnAtMost) {
        public CardBatch {
            campuses = List.copyOf(campuses);
        }
    }

    /// All cards that were ever made, the oldest first.
    public List<CardBatch> cards() {
        return jdbi.withHandle(handle -> new RegisterStore(handle).cards());
    }

    /// The books of a roll that the tallies in the ledger count from a day on.
    ///
    /// @param campuses of the roll
    public record Tallied(LocalDate since, String cls, List<String> campuses, long books) {
        public Tallied {
            campuses = List.copyOf(campuses);
        }
    }

    /// The sums of the tallies of each roll and class, from each of these days on (UTC).
    public List<Tallied> talliedSince(Collection<LocalDate> days) {
        return jdbi.withHandle(handle -> new RegisterStore(handle).talliedSince(days));
    }

    /// Every box that was ever opened, and which of them are current.
    public OfferedBoxes offered() {
        return newest().boxes();
    }

    /// The witnesses that the register names.
    public WitnessPolicy policy() {
        return newest().policy();
    }

    /// What the leaves say that this server obeys, read again only if the register has grown.
    private Obeyed newest() {
        var known = obeyed;
        var grown = jdbi.withHandle(handle ->
                log(handle, InstanceLog.REGISTER).published().orElseThrow().size());
        if (known.registerSize() == grown) return known;
        return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> {
            var size =
                    log(handle, InstanceLog.REGISTER).published().orElseThrow().size();
            var store = new RegisterStore(handle);
            var read = new Obeyed(size, store.offered(), store.policy());
            obeyed = read;
            return read;
        });
    }

    /// What the first `registerSize` leaves say. Nobody adds to `boxes` after it is published here.
    private record Obeyed(long registerSize, OfferedBoxes boxes, WitnessPolicy policy) {}

    private void startLogs() {
        jdbi.useTransaction(transaction -> {
            new RegisterStore(transaction).lockLogs();
            for (var one : InstanceLog.values()) {
                var log = log(transaction, one);
                if (log.published().isEmpty()) write(one, log, List.of());
            }
        });
    }

    private void write(InstanceLog which, LogStore log, List<byte[]> leaves) {
        try {
            var tree = LogWriter.open(log, log.tree()).append(leaves);
            var checkpoint = new Checkpoint(which.origin(key.host()), tree.size(), tree.root(), List.of());
            log.publish(tree.size(), key.sign(checkpoint).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
