package org.undersigned.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.undersigned.privacypass.Issuer;
import org.undersigned.privacypass.IssuerPublicKey;
import org.undersigned.record.BoxId;
import org.undersigned.record.Instance;
import org.undersigned.record.LedgerLeaf;
import org.undersigned.record.Manifest;
import org.undersigned.record.RegisterLeaf;
import org.undersigned.record.recount.Site;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.LogWriter;
import org.undersigned.tlog.Merkle;
import org.undersigned.tlog.NoteSigner;
import org.undersigned.tlog.Tile;
import org.undersigned.tlog.TileStore;
import org.undersigned.tlog.Tree;

/// The public files of an instance in a directory, with one valid box of many signatures. Creating it takes one RSA
/// signature per entry, so the files are stored for the next run.
final class LargeBox {
    private static final String HOST = "bench.example";
    private static final String PAGE = "/p/bench";
    private static final int BATCH = 10_000;
    private static final byte[] TEXT = "{\"text\":\"A petition.\"}".getBytes(UTF_8);

    private final Path directory;
    private final SecureRandom random = new SecureRandom();
    private final byte[] seed = random.generateSeed(32);
    private final Issuer issuer = Issuer.generate();
    private final Manifest manifest;
    private final EntryMaker maker;
    private final Log register;
    private final Log ledger;
    private final Log box;

    private LargeBox(Path directory) {
        this.directory = directory;
        var id = BoxId.random(random);
        manifest = manifest(id, issuer.publicKey());
        maker = new EntryMaker(manifest, issuer.publicKey(), issuer.privateKeyPkcs8());
        register = new Log("/log/register/", HOST + "/register");
        ledger = new Log("/log/ledger/", HOST + "/ledger");
        box = new Log(Instance.boxPath(id), manifest.origin());
    }

    /// An invented box with one class.
    static Manifest manifest(BoxId id, IssuerPublicKey issuer) {
        return new Manifest(
                id,
                new Manifest.Subject("petition", PAGE, Hash.sha256(TEXT)),
                "bench.edu",
                null,
                HOST + "/box/" + id,
                HOST,
                List.of(new Manifest.IssuerClass("member", Hash.of(issuer.keyId()))),
                List.of(),
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2027-01-01T00:00:00Z"),
                new Manifest.Publish(10, 10, 60, 86_400));
    }

    /// @return a directory with a box of `entries` entries, created now or by an earlier run
    static Path in(Path parent, int entries) throws IOException {
        var directory = parent.resolve("register-and-keys-" + entries); // an older version made other files
        if (Files.exists(directory.resolve("complete"))) return directory;
        System.err.printf("Making a box of %,d signatures (kept for the next run) ...%n", entries);
        var box = new LargeBox(directory);
        box.make(entries);
        Files.writeString(directory.resolve("complete"), box.manifest.box().value());
        return directory;
    }

    static BoxId box(Path directory) throws IOException {
        return BoxId.of(Files.readString(directory.resolve("complete")));
    }

    /// Returns the files as a site that a recount can read.
    static Site site(Path directory) {
        return path -> {
            var file = directory.resolve(path.substring(1));
            if (!Files.isRegularFile(file)) file = directory.resolve(path.substring(1) + ".file");
            if (!Files.isRegularFile(file)) throw new NoSuchFileException(path);
            return Files.readAllBytes(file);
        };
    }

    private void make(int entries) throws IOException {
        var key = NoteSigner.ed25519(HOST + "/register", seed).verifier().vkey();
        write(
                Instance.PATH,
                ("{\"v\":1,\"host\":\"" + HOST + "\",\"register_key\":\"" + key + "\",\"register\":\"/log/register/\","
                                + "\"ledger\":\"/log/ledger/\",\"witnesses\":[],\"quorum\":0}")
                        .getBytes(UTF_8));
        write(manifest.subject().textPath(), TEXT);
        write(manifest.classes().getFirst().keyPath(), issuer.publicKey().spki());
        var rules = new RegisterLeaf.RollRules(
                "bench.edu",
                List.of("bench.edu"),
                "member",
                List.of("bench.edu"),
                List.of(),
                List.of("case", "plus-tag"),
                Instant.EPOCH);
        register.append(List.of(rules.bytes(), new RegisterLeaf.BoxOpened(manifest).bytes()));
        box.append(List.of(manifest.leafHash().bytes()));
        for (var made = 0; made < entries; made += BATCH) {
            var batch = new ArrayList<>(maker.entries(Math.min(BATCH, entries - made)));
            batch.sort((a, b) -> Merkle.leaf(a).compareTo(Merkle.leaf(b)));
            box.append(batch);
            ledger.append(List.of(new LedgerLeaf.BoxCheckpoint(manifest.box(), box.checkpoint()).bytes()));
            System.err.printf("\r%,d of %,d", made + batch.size(), entries);
        }
        System.err.println();
        ledger.append(
                List.of(new LedgerLeaf.RollTally("bench.edu", List.of("bench.edu"), "member", LocalDate.EPOCH, entries)
                        .bytes()));
        write(PAGE + ".file", page(entries));
    }

    private byte[] page(int entries) {
        return ("<!doctype html><title>Bench</title><data class=\"count\" data-box=\"" + manifest.box()
                        + "\" data-class=\"member\" data-size=\"" + box.tree.size() + "\" value=\"" + entries
                        + "\">" + entries + "</data>")
                .getBytes(UTF_8);
    }

    private void write(String path, byte[] bytes) throws IOException {
        var file = directory.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    /// Writes the files of a log, without the crash safety of the real writer.
    private final class Log implements TileStore {
        private final String folder;
        private final String origin;
        private Tree tree = Tree.EMPTY;

        Log(String folder, String origin) {
            this.folder = folder;
            this.origin = origin;
        }

        void append(List<byte[]> leaves) throws IOException {
            tree = LogWriter.open(this, tree).append(leaves);
            LargeBox.this.write(folder + "checkpoint", checkpoint().getBytes(UTF_8));
        }

        String checkpoint() {
            var text = new Checkpoint(origin, tree.size(), tree.root(), List.of()).text();
            return NoteSigner.ed25519(origin, seed).sign(text).toString();
        }

        @Override
        public byte[] read(Tile tile) throws IOException {
            return Files.readAllBytes(directory.resolve((folder + tile.path()).substring(1)));
        }

        @Override
        public void write(Tile tile, byte[] data) throws IOException {
            LargeBox.this.write(folder + tile.path(), data);
        }
    }
}
