package org.undersigned.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.undersigned.privacypass.IssuerPublicKey;
import org.undersigned.record.BoxId;
import org.undersigned.record.Entry;
import org.undersigned.record.FastestProvider;
import org.undersigned.record.Instance;
import org.undersigned.record.Manifest;
import org.undersigned.record.RegisterLeaf;
import org.undersigned.record.recount.Recount;
import org.undersigned.record.recount.Site;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.EntryBundle;
import org.undersigned.tlog.Note;
import org.undersigned.tlog.Tile;

/// A child process, so that its memory can be measured. It recounts a box, or runs only the two verifications of
/// each entry on all cores. It prints the seconds and its peak memory in KiB.
final class RecountRun {
    private static final byte[] X509_ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

    private RecountRun() {}

    public static void main(String[] arguments) throws Exception {
        Provider.requireCorretto(FastestProvider.install());
        var directory = Path.of(arguments[1]);
        var start = System.nanoTime();
        switch (arguments[0]) {
            case "recount" -> recount(directory);
            case "verify" -> verify(directory);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        System.out.println((System.nanoTime() - start) / 1e9 + " " + Memory.peakKib());
    }

    private static void recount(Path directory) throws IOException {
        var report = Recount.run(LargeBox.site(directory), LargeBox.box(directory));
        if (!report.ok()) throw new IllegalStateException(report.checks().toString());
    }

    /// The limit: each thread takes one bundle at a time and reuses one RSA verifier.
    private static void verify(Path directory) throws IOException, InterruptedException, ExecutionException {
        var site = LargeBox.site(directory);
        var box = LargeBox.box(directory);
        var manifest = manifest(site);
        var size = size(site, box);
        var cores = Runtime.getRuntime().availableProcessors();
        var tasks = new ArrayList<Callable<Integer>>();
        for (var core = 0; core < cores; core++) {
            var first = core;
            tasks.add(() -> {
                var rsa = Signature.getInstance("RSASSA-PSS");
                rsa.setParameter(new PSSParameterSpec("SHA-384", "MGF1", MGF1ParameterSpec.SHA384, 48, 1));
                rsa.initVerify(IssuerPublicKey.parse(
                                site.read(manifest.classes().getFirst().keyPath()))
                        .rsa());
                var verified = 0;
                for (var index = (long) first; index * Tile.FULL < size; index += cores) {
                    var width = (int) Math.min(Tile.FULL, size - index * Tile.FULL);
                    var tile = new Tile(Tile.ENTRIES, index, width);
                    for (var leaf : leaves(site.read(Instance.boxPath(box) + tile.path()), tile)) {
                        verifyBoth(leaf, rsa);
                        verified++;
                    }
                }
                return verified;
            });
        }
        try (var pool = Executors.newFixedThreadPool(cores)) {
            var verified = 0L;
            for (var task : pool.invokeAll(tasks)) verified += task.get();
            if (verified != size - 1)
                throw new IllegalStateException("verified only " + verified + " entries of " + (size - 1));
        }
    }

    private static long size(Site site, BoxId box) throws IOException {
        var note = Note.parse(site.read(Instance.boxPath(box) + "checkpoint"));
        return Checkpoint.parse(note.text()).size();
    }

    /// The entries without leaf 0, which is the manifest's hash.
    private static List<byte[]> leaves(byte[] bundle, Tile tile) {
        var leaves = EntryBundle.parse(bundle, tile.width());
        return tile.index() == 0 ? leaves.subList(1, leaves.size()) : leaves;
    }

    private static Manifest manifest(Site site) throws IOException {
        var bundle = site.read("/log/register/" + new Tile(Tile.ENTRIES, 0, 2).path());
        if (RegisterLeaf.parse(EntryBundle.parse(bundle, 2).getLast()) instanceof RegisterLeaf.BoxOpened opened) {
            return opened.manifest();
        }
        throw new IllegalStateException("the register does not begin with rules and the manifest");
    }

    private static void verifyBoth(byte[] leaf, Signature rsa) throws GeneralSecurityException {
        rsa.update(leaf, 1, 98);
        if (!rsa.verify(leaf, 99, 256)) throw new IllegalStateException("a token is wrong");
        var ed25519 = Signature.getInstance("Ed25519");
        ed25519.initVerify(publicKey(Arrays.copyOfRange(leaf, 355, 387)));
        ed25519.update("undersigned/v1/entry\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        ed25519.update(leaf, 0, Entry.SIZE - 64);
        if (!ed25519.verify(leaf, Entry.SIZE - 64, 64)) throw new IllegalStateException("a signature is wrong");
    }

    private static PublicKey publicKey(byte[] raw) throws GeneralSecurityException {
        var encoded = Arrays.copyOf(X509_ED25519, X509_ED25519.length + raw.length);
        System.arraycopy(raw, 0, encoded, X509_ED25519.length, raw.length);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }
}
