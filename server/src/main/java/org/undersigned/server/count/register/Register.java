package org.undersigned.server.count.register;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.undersigned.record.BoxId;
import org.undersigned.record.Manifest;
import org.undersigned.record.RegisterLeaf;
import org.undersigned.server.platform.StartupFailure;
import org.undersigned.server.platform.crypto.MasterKey;
import org.undersigned.server.platform.db.DatabaseRole;
import org.undersigned.server.platform.db.LogStore;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.LogWriter;
import org.undersigned.tlog.Merkle;
import org.undersigned.tlog.Note;
import org.undersigned.tlog.Note.NoteSignature;
import org.undersigned.tlog.Proofs;
import org.undersigned.tlog.Tile;
import org.undersigned.tlog.TileSource;

/// The log of what the world is told. Appending is idempotent: a leaf already told is not told twice, so whoever
/// appends may simply append again after a crash.
public final class Register {
    private static final String LOG = "register";

    private final Jdbi jdbi;
    private final LogKey key;

    private Register(Jdbi jdbi, LogKey key) {
        this.jdbi = jdbi;
        this.key = key;
    }

    /// Opens the register of the instance called `host`; the first time, makes its log key and an empty log.
    ///
    /// @param host the instance's name in its record, fixed for life
    /// @throws StartupFailure if this data belongs to an instance of another name
    public static Register open(Jdbi jdbi, String host, MasterKey masterKey, SecureRandom random) {
        var instance = jdbi.inTransaction(transaction -> {
            new RegisterStore(transaction).lockLog();
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
                    + "; a record cannot change its name");
        }
        var register = new Register(jdbi, new LogKey(host, masterKey.open("log", instance.sealedSeed())));
        register.startLog();
        return register;
    }

    public LogKey key() {
        return key;
    }

    /// Tells the world `leaf`; durable and served when this returns.
    ///
    /// @return the leaf's index
    public long append(RegisterLeaf leaf) {
        return jdbi.inTransaction(transaction -> new Telling(transaction).append(leaf));
    }

    /// Does `work` while nobody else tells anything. What it tells is durable and served when this returns.
    public void alone(Consumer<Telling> work) {
        jdbi.useTransaction(transaction -> work.accept(new Telling(transaction)));
    }

    /// The register, held for the length of a transaction.
    public final class Telling {
        private final RegisterStore store;
        private final LogStore log;

        private Telling(Handle transaction) {
            store = new RegisterStore(transaction);
            store.lockLog();
            log = new LogStore(transaction, DatabaseRole.REGISTER, LOG);
        }

        public boolean isTold(RegisterLeaf leaf) {
            return store.indexOf(Merkle.leaf(leaf.bytes())).isPresent();
        }

        /// @return the leaf's index; that of before if it was told before
        public long append(RegisterLeaf leaf) {
            var hash = Merkle.leaf(leaf.bytes());
            var known = store.indexOf(hash);
            if (known.isPresent()) return known.get();
            var index = log.published().orElseThrow().size();
            write(log, List.of(leaf.bytes()));
            store.remember(hash, index);
            if (leaf instanceof RegisterLeaf.BoxOpened(var manifest)) {
                store.rememberManifest(
                        new RegisterStore.OpenedBox(manifest.box().value(), index, manifest.leaf()));
            }
            return index;
        }
    }

    /// The newest checkpoint with the cosignatures it has by now, a signed note: what the world reads.
    public String cosigned() {
        return jdbi.withHandle(handle -> {
            var newest =
                    new LogStore(handle, DatabaseRole.REGISTER, LOG).published().orElseThrow();
            var cosignatures = new RegisterStore(handle).cosignatures(newest.size());
            return Note.parse(newest.note()).with(cosignatures).toString();
        });
    }

    /// Leaves under the checkpoint that the witness called `name` cosigned last; 0 if it never did.
    public long cosignedSize(String name) {
        return jdbi.withHandle(handle -> new RegisterStore(handle).cosignedSize(name));
    }

    /// Keeps what the witness called `name` has cosigned; served from now on.
    ///
    /// @param size         leaves under the checkpoint it cosigned
    /// @param cosignatures verified
    public void keepCosignatures(String name, long size, List<NoteSignature> cosignatures) {
        jdbi.useHandle(handle -> new RegisterStore(handle).keepCosignatures(name, size, cosignatures));
    }

    /// The newest checkpoint, signed by the log alone.
    public LogStore.Published published() {
        return jdbi.withHandle(handle ->
                new LogStore(handle, DatabaseRole.REGISTER, LOG).published().orElseThrow());
    }

    /// The bytes of a tile that the newest checkpoint covers; empty for any other.
    public Optional<byte[]> tile(Tile tile) {
        return jdbi.withHandle(handle -> {
            try {
                return Optional.of(new LogStore(handle, DatabaseRole.REGISTER, LOG).read(tile));
            } catch (LogStore.NoSuchTile e) {
                return Optional.empty();
            }
        });
    }

    /// Its tiles, as far as the newest checkpoint covers them.
    public TileSource tiles() {
        return tile -> tile(tile).orElseThrow(() -> new IOException("the register has no tile " + tile.path()));
    }

    /// A manifest with the proof that the register's checkpoint covers it.
    public record Proven(Manifest manifest, long index, List<Hash> proof) {}

    /// Manifests under one checkpoint.
    public record ProvenManifests(LogStore.Published checkpoint, List<Proven> manifests) {}

    /// Every manifest of `boxes`, each with its inclusion proof, under one checkpoint.
    public ProvenManifests prove(List<BoxId> boxes) {
        return jdbi.inTransaction(transaction -> {
            var store = new RegisterStore(transaction);
            store.lockLog(); // so that checkpoint and tiles are of one moment
            var log = new LogStore(transaction, DatabaseRole.REGISTER, LOG);
            var checkpoint = log.published().orElseThrow();
            var proven = new ArrayList<Proven>();
            for (var opened : store.opened()) {
                if (!boxes.contains(BoxId.of(opened.box()))) continue;
                proven.add(new Proven(
                        Manifest.parse(opened.manifest()),
                        opened.index(),
                        inclusion(log, checkpoint.size(), opened.index())));
            }
            return new ProvenManifests(checkpoint, proven);
        });
    }

    /// Every box ever opened.
    public List<Manifest> manifests() {
        return jdbi.withHandle(handle -> new RegisterStore(handle)
                .opened().stream()
                        .map(opened -> Manifest.parse(opened.manifest()))
                        .toList());
    }

    private void startLog() {
        jdbi.useTransaction(transaction -> {
            new RegisterStore(transaction).lockLog();
            var log = new LogStore(transaction, DatabaseRole.REGISTER, LOG);
            if (log.published().isEmpty()) write(log, List.of());
        });
    }

    private void write(LogStore log, List<byte[]> leaves) {
        try {
            var tree = LogWriter.open(log, log.tree()).append(leaves);
            var checkpoint = new Checkpoint(key.registerOrigin(), tree.size(), tree.root(), List.of());
            log.publish(tree.size(), key.sign(checkpoint).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Hash> inclusion(LogStore log, long size, long index) {
        try {
            return Proofs.inclusion(log, size, index);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
