package org.undersigned.server.count.register;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.undersigned.privacypass.IssuerPublicKey;
import org.undersigned.record.BoxId;
import org.undersigned.record.BoxKeys;
import org.undersigned.record.Manifest;
import org.undersigned.record.RegisterLeaf;
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
import org.undersigned.tlog.Proofs;
import org.undersigned.tlog.Tile;
import org.undersigned.tlog.TileSource;

/// The register: the public log of manifests, checkpoints, tallies and client releases. Appending is idempotent: a
/// leaf that the register already contains is not appended again, so a caller may repeat an append after a crash.
public final class Register {
    private static final String LOG = "register";

    private final Jdbi jdbi;
    private final LogKey key;
    /// Keys never change, so those that were read stay in memory: about 1 KB each.
    private final ConcurrentMap<Hash, IssuerPublicKey> keys = new ConcurrentHashMap<>();

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
                    + "; the name of a record cannot change");
        }
        var register = new Register(jdbi, new LogKey(host, masterKey.open("log", instance.sealedSeed())));
        register.startLog();
        return register;
    }

    public LogKey key() {
        return key;
    }

    /// Appends `leaf`. The leaf is durable and publicly served when this method returns.
    ///
    /// @return the leaf's index
    public long append(RegisterLeaf leaf) {
        return jdbi.inTransaction(transaction -> new Appender(transaction).append(leaf));
    }

    /// Runs `work` while no other caller can append. The leaves that `work` appends are durable and publicly served
    /// when this method returns.
    public void withLock(Consumer<Appender> work) {
        jdbi.useTransaction(transaction -> work.accept(new Appender(transaction)));
    }

    /// The register, locked for the length of a transaction.
    public final class Appender {
        private final RegisterStore store;
        private final LogStore log;

        private Appender(Handle transaction) {
            store = new RegisterStore(transaction);
            store.lockLog();
            log = new LogStore(transaction, DatabaseRole.REGISTER, LOG);
        }

        public boolean contains(RegisterLeaf leaf) {
            return store.indexOf(Merkle.leaf(leaf.bytes())).isPresent();
        }

        /// @return the leaf's index; the existing index if the register already contains the leaf
        public long append(RegisterLeaf leaf) {
            var hash = Merkle.leaf(leaf.bytes());
            var known = store.indexOf(hash);
            if (known.isPresent()) return known.get();
            var index = log.published().orElseThrow().size();
            write(log, List.of(leaf.bytes()));
            store.remember(hash, index);
            if (leaf instanceof RegisterLeaf.BoxOpened(var manifest)) {
                store.storeManifest(new RegisterStore.OpenedBox(manifest.box().value(), index, manifest.leaf()));
            }
            return index;
        }
    }

    /// The newest checkpoint as a signed note, with the cosignatures that it has so far. Readers fetch this note.
    public String cosigned() {
        return jdbi.withHandle(handle -> {
            var newest =
                    new LogStore(handle, DatabaseRole.REGISTER, LOG).published().orElseThrow();
            var cosignatures = new RegisterStore(handle).cosignatures(newest.size());
            return Note.parse(newest.note()).with(cosignatures).toString();
        });
    }

    /// Number of leaves under the checkpoint that the witness named `name` cosigned last; 0 if it cosigned none.
    public long cosignedSize(String name) {
        return jdbi.withHandle(handle -> new RegisterStore(handle).cosignedSize(name));
    }

    /// Stores cosignatures of the witness named `name`. From now on the checkpoint is served with them.
    ///
    /// @param size         leaves under the checkpoint that the witness cosigned
    /// @param cosignatures already verified
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

    /// The tiles that the newest checkpoint covers.
    public TileSource tiles() {
        return tile -> tile(tile).orElseThrow(() -> new IOException("the register has no tile " + tile.path()));
    }

    /// A manifest with the proof that the register's checkpoint covers it.
    public record Proven(Manifest manifest, long index, List<Hash> proof) {}

    /// Manifests with proofs, and the checkpoint that the proofs belong to.
    public record ProvenManifests(LogStore.Published checkpoint, List<Proven> manifests) {}

    /// Every manifest of `boxes`, each with its inclusion proof, under one checkpoint.
    public ProvenManifests prove(List<BoxId> boxes) {
        return jdbi.inTransaction(transaction -> {
            var store = new RegisterStore(transaction);
            store.lockLog(); // so that the tiles match the checkpoint
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

    /// The manifest of every box that was ever opened.
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
