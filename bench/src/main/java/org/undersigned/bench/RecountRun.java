package org.undersigned.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.undersigned.privacypass.IssuerPublicKey;
import org.undersigned.record.BoxId;
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
                var verification = new BareVerification(IssuerPublicKey.parse(
                        site.read(manifest.classes().getFirst().keyPath())));
                var verified = 0;
                for (var index = (long) first; index * Tile.FULL < size; index += cores) {
                    var width = (int) Math.min(Tile.FULL, size - index * Tile.FULL);
                    var tile = new Tile(Tile.ENTRIES, index, width);
                    for (var leaf : leaves(site.read(Instance.boxPath(box) + tile.path()), tile)) {
                        verification.verify(leaf);
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
}
