package org.undersigned.record.recount;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.BoxId;
import org.undersigned.record.BoxKeys;
import org.undersigned.record.Instance;
import org.undersigned.record.Manifest;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.CosignatureVerifier;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.NoteVerifier;

/// Recounts one box from public files only (PROTOCOL §8). The register's public key is the only thing that the
/// caller must trust.
///
/// The order of reading keeps an honest, busy site consistent: the register once to find the page, then the page,
/// then the register again for newer leaves, then the box. So the box's checkpoint is never older than the
/// register's and the page's facts about it. A remaining contradiction is an error of the site and not a matter of
/// timing.
public final class Recount {
    private final Site site;
    private final BoxId box;
    private final Options options;
    private final Findings findings = new Findings();
    private final RecountThreads threads;

    private @Nullable Instance instance;
    private @Nullable Manifest manifest;
    private @Nullable LogWalk registerWalk;
    private @Nullable LogWalk boxWalk;
    private List<Report.ClassCount> counts = List.of();
    private String boxNote = "";
    private final List<String> totals = new ArrayList<>();

    private Recount(Site site, BoxId box, Options options, RecountThreads threads) {
        this.site = site;
        this.box = box;
        this.options = options;
        this.threads = threads;
    }

    /// Options of a recount.
    ///
    /// @param pinned   the register's key; null: the recount trusts the key that the site publishes, and the report
    ///     says so
    /// @param since    a checkpoint of the box, as a signed note, from an earlier recount of the caller. Signatures
    ///     under it are not verified again, but every leaf is still hashed and counted, and the root is compared
    ///     with the checkpoint's root. Null: verify from the beginning
    /// @param at       the number of leaves to count, for the count as it was at that size; null: all leaves
    /// @param asked    the path of the page that led the caller to the box; it must be the manifest's page, its
    ///     record page or its signing page. Null if there is no such page
    /// @param witnesses the witnesses that must each have cosigned the register's checkpoint
    ///     (c2sp.org/tlog-cosignature)
    /// @param progress receives the progress
    public record Options(
            @Nullable NoteVerifier pinned,
            @Nullable String since,
            @Nullable Long at,
            @Nullable String asked,
            List<CosignatureVerifier> witnesses,
            Progress progress) {
        public Options {
            witnesses = List.copyOf(witnesses);
        }

        /// Options for all leaves, without witnesses.
        public Options(
                @Nullable NoteVerifier pinned, @Nullable String since, @Nullable String asked, Progress progress) {
            this(pinned, since, null, asked, List.of(), progress);
        }

        /// Verifies everything from the beginning, trusts the site's key, reports no progress.
        public static final Options DEFAULT = new Options(null, null, null, Progress.NONE);
    }

    /// Recounts `box` and trusts the key that the site publishes (trust on first use).
    ///
    /// @throws IOException if the site cannot be reached; wrong responses are in the report
    public static Report run(Site site, BoxId box) throws IOException {
        return run(site, box, Options.DEFAULT);
    }

    /// Recounts `box`. Uses all cores. Needs about 30 bytes of memory for each entry, plus a few bundles.
    ///
    /// @throws IOException if the site cannot be reached; wrong responses are in the report
    public static Report run(Site site, BoxId box, Options options) throws IOException {
        try (var threads = RecountThreads.open()) {
            var recount = new Recount(site, box, options, threads);
            try {
                recount.walk();
            } catch (Findings.UnreadableLog e) {
                recount.totals.add("stopped early: " + e.getMessage());
            }
            return recount.report();
        }
    }

    private void walk() throws IOException, Findings.UnreadableLog {
        Instance site = readInstance(options.pinned());
        instance = site;
        var headFinding = findings.check("register checkpoint");
        var treeFinding = findings.check("register tree");
        var leavesFinding = findings.check("register leaves");
        var manifestFinding = findings.check("manifest");
        var registeredFinding = findings.check("registered checkpoints");

        var register = new RegisterScan(box, site.boxKey(box), leavesFinding, manifestFinding, registeredFinding);
        var registerTiles = new SiteTiles(this.site, site.registerPath());
        var walk = new LogWalk("register", registerTiles, threads, treeFinding, options.progress());
        registerWalk = walk;
        Head newest = cosigned(site, headFinding);
        Checkpoint first = newest.checkpoint();
        advance(walk, first, register, treeFinding);
        Manifest found = manifestOf(register, site, manifestFinding);
        manifest = found;

        asked(found);
        long published = register.published();
        List<PageNumber> shown = page(found);
        text(found);

        Checkpoint second =
                head(site.registerPath(), site.registerKey(), headFinding).checkpoint();
        if (second.size() < first.size()) {
            headFinding.fail(
                    "the register shrank from " + first.size() + " to " + second.size() + " leaves during the recount");
        } else {
            advance(walk, second, register, treeFinding);
        }
        walk.finish();
        headFinding.succeed("signed by " + site.registerKey().name() + ", " + walk.size() + " leaves");
        treeFinding.succeed("root " + walk.root().base64() + " recomputed from every leaf; every hash tile agrees");
        leavesFinding.succeed(
                register.kinds() + (register.unknown() == 0 ? "" : " (unknown types are counted, not checked)"));
        totals.add("register: " + walk.size() + " leaves read (" + register.kinds() + ")");

        count(found, register, shown, published, registeredFinding);
    }

    /// Returns the register's newest checkpoint with the cosignatures of all requested witnesses. Each witness
    /// confirms that it saw no other history up to the moment of its cosignature.
    private Head cosigned(Instance site, Findings.Finding headFinding) throws IOException, Findings.UnreadableLog {
        Head newest = head(site.registerPath(), site.registerKey(), headFinding);
        if (options.witnesses().isEmpty()) return newest;
        var cosignatures = new Cosignatures(options.witnesses(), findings.check("cosignatures"));
        while (cosignatures.shouldRetry(newest.note())) {
            newest = head(site.registerPath(), site.registerKey(), headFinding);
        }
        cosignatures.judge(newest.note());
        return newest;
    }

    private Instance readInstance(@Nullable NoteVerifier pinned) throws IOException, Findings.UnreadableLog {
        var finding = findings.check("register key");
        try {
            Instance said = Instance.parse(site.read(Instance.PATH));
            String vkey = said.registerKey().vkey();
            if (pinned != null && !pinned.vkey().equals(vkey)) {
                throw new Findings.UnreadableLog(finding, "the site says " + vkey + ", you said " + pinned.vkey());
            }
            finding.succeed(
                    vkey + (pinned == null ? " (trusted because the site says so; pin it with --key)" : " (pinned)"));
            return said;
        } catch (NoSuchFileException e) {
            throw new Findings.UnreadableLog(finding, Instance.PATH + " is not served");
        } catch (IllegalArgumentException e) {
            throw new Findings.UnreadableLog(finding, Instance.PATH + ": " + e.getMessage());
        }
    }

    /// A log's newest checkpoint and the signed note that contains it.
    private record Head(String note, Checkpoint checkpoint) {}

    private Head head(String folder, NoteVerifier key, Findings.Finding finding)
            throws IOException, Findings.UnreadableLog {
        String path = folder + "checkpoint";
        try {
            String note = new String(site.read(path), UTF_8);
            return new Head(note, SignedHead.read(note, key));
        } catch (NoSuchFileException e) {
            throw new Findings.UnreadableLog(finding, path + " is not served");
        } catch (IllegalArgumentException e) {
            throw new Findings.UnreadableLog(finding, path + ": " + e.getMessage());
        }
    }

    private static void advance(LogWalk walk, Checkpoint head, RegisterScan register, Findings.Finding treeFinding)
            throws IOException, Findings.UnreadableLog {
        walk.advance(head.size(), register::verify, register::record);
        if (!walk.root().equals(head.root())) treeFinding.fail(rootsDiffer("register", head, walk.root()));
    }

    private static String rootsDiffer(String log, Checkpoint head, Hash root) {
        return log + " checkpoint of " + head.size() + " leaves says root "
                + head.root().base64() + ", but its leaves give " + root.base64();
    }

    private Manifest manifestOf(RegisterScan register, Instance site, Findings.Finding finding)
            throws Findings.UnreadableLog {
        Manifest found = register.manifest();
        if (found == null) throw new Findings.UnreadableLog(finding, "box " + box + " is not in the register");
        if (!found.origin().equals(site.boxKey(box).name())) {
            finding.fail("register leaf " + register.manifestLeaf() + ": origin is " + found.origin() + ", not "
                    + site.boxKey(box).name());
        }
        finding.succeed("register leaf " + register.manifestLeaf() + ", the only one of box " + box + ": "
                + found.subject().kind() + " " + found.subject().path() + " at "
                + (found.campus().equals("*") ? "every campus" : found.campus()));
        return found;
    }

    /// Checks that the record belongs to the page that the caller asked for.
    private void asked(Manifest found) {
        if (options.asked() == null) return;
        var finding = findings.check("page asked for");
        finding.succeed(found.subject().path());
        if (!found.subject().isAt(options.asked())) {
            finding.fail("you asked for " + options.asked() + ", but its record is the record of "
                    + found.subject().path());
        }
    }

    private List<PageNumber> page(Manifest found) throws IOException {
        String path = found.subject().path();
        try {
            return PageNumber.of(new String(site.read(path), UTF_8));
        } catch (NoSuchFileException e) {
            findings.check("page").fail(path + " is not served");
            return List.of();
        }
    }

    private void text(Manifest found) throws IOException {
        var finding = findings.check("text");
        String path = found.subject().textPath();
        try {
            Hash hash = Hash.sha256(site.read(path));
            finding.succeed(path + " is the text that people signed: SHA-256 " + hash.hex());
            if (!hash.equals(found.subject().textSha256())) {
                finding.fail(path + " has SHA-256 " + hash.hex() + ", but the manifest says "
                        + found.subject().textSha256().hex());
            }
        } catch (NoSuchFileException e) {
            finding.fail(path + " is not served");
        }
    }

    private BoxKeys keys(Manifest found) throws IOException, Findings.UnreadableLog {
        var finding = findings.check("issuer keys");
        var spkis = new ArrayList<byte[]>();
        for (Manifest.IssuerClass one : found.classes()) {
            try {
                spkis.add(site.read(one.keyPath()));
            } catch (NoSuchFileException e) {
                throw new Findings.UnreadableLog(finding, one.keyPath() + " is not served");
            }
        }
        try {
            var keys = BoxKeys.parse(found, spkis);
            finding.succeed(spkis.size() + (spkis.size() == 1 ? " key has" : " keys have")
                    + " the SHA-256 that the manifest says");
            return keys;
        } catch (IllegalArgumentException e) {
            throw new Findings.UnreadableLog(finding, String.valueOf(e.getMessage()));
        }
    }

    private void count(
            Manifest found,
            RegisterScan register,
            List<PageNumber> shown,
            long published,
            Findings.Finding registeredFinding)
            throws IOException, Findings.UnreadableLog {
        String folder = Instance.boxPath(box);
        var headFinding = findings.check("box checkpoint");
        NoteVerifier key =
                NoteVerifier.ed25519(found.origin(), register(instance).publicKey());
        Head newest = head(folder, key, headFinding);
        Checkpoint head = newest.checkpoint();
        headFinding.succeed("signed by " + key.name() + ", " + head.size() + " leaves");
        boxNote = newest.note();

        BoxKeys keys = keys(found);
        var treeFinding = findings.check("box tree");
        var entriesFinding = findings.check("entries");
        var withdrawalsFinding = findings.check("withdrawals");
        var wanted = new HashSet<Long>();
        register.registered().forEach(one -> wanted.add(one.size()));
        shown.forEach(number -> wanted.add(number.size()));
        wanted.add(published);
        var since =
                options.since() == null ? null : new EarlierCheckpoint(options.since(), key, findings.check("since"));
        if (since != null) wanted.add(since.size());
        if (options.at() != null) wanted.add(options.at());

        var scan =
                new BoxScan(found, keys, wanted, since == null ? 0 : since.size(), entriesFinding, withdrawalsFinding);
        var walk = new LogWalk("box", new SiteTiles(site, folder), threads, treeFinding, options.progress());
        boxWalk = walk;
        scan.snapshotIfWanted(0, walk);
        walk.advance(head.size(), scan::verify, (index, seen) -> {
            scan.record(index, seen);
            scan.snapshotIfWanted(index + 1, walk);
        });
        walk.finish();
        if (head.size() == 0) headFinding.fail("the box is empty: its first leaf, the manifest's hash, is missing");
        if (!walk.root().equals(head.root())) treeFinding.fail(rootsDiffer("box", head, walk.root()));
        counts = scan.counts();

        long entries =
                scan.counts().stream().mapToLong(Report.ClassCount::entries).sum();
        long withdrawals =
                scan.counts().stream().mapToLong(Report.ClassCount::withdrawals).sum();
        treeFinding.succeed("root " + walk.root().base64() + " recomputed from every leaf; every hash tile agrees");
        entriesFinding.succeed(entries + " entries: every token, nonce and signature verifies"
                + (since == null ? "" : " after leaf " + (since.size() - 1)) + ", no nonce twice");
        withdrawalsFinding.succeed(withdrawals + " withdrawals, each signed by its entry's key, after it and once");
        totals.add("box: " + walk.size() + " leaves read (" + entries + " entries, " + withdrawals + " withdrawals)");
        totals.add("verified: " + scan.verifiedTokens() + " tokens (RSA), " + scan.verifiedSignatures()
                + " signatures (Ed25519), "
                + register.registered().size() + " registered checkpoints");

        if (since != null) since.compare(scan, head);
        if (options.at() != null)
            counts = new EarlierSize(options.at(), findings.check("at")).counts(register, scan, head);
        registered(register, scan, head, registeredFinding);
        closed(register, found, head);
        new WhoCounts(register, found, findings.check("who counts")).check();
        new SignaturesWithinBooks(register, found, scan, findings.check("signatures ≤ books")).check();
        numbers(shown, published, scan, head);
    }

    private static NoteVerifier register(@Nullable Instance instance) {
        if (instance == null) throw new IllegalStateException("the instance is not read yet");
        return instance.registerKey();
    }

    private static void registered(RegisterScan register, BoxScan scan, Checkpoint head, Findings.Finding finding) {
        for (RegisterScan.Registered one : register.registered()) {
            BoxScan.Snapshot snapshot = scan.at(one.size());
            if (snapshot == null) {
                finding.fail("register leaf " + one.leaf() + ": checkpoint of " + one.size()
                        + " leaves, but the box has only " + head.size());
            } else if (!snapshot.root().equals(one.root())) {
                finding.fail("register leaf " + one.leaf() + ": another history: its checkpoint of " + one.size()
                        + " leaves says root " + one.root().base64() + ", the box's first " + one.size() + " give "
                        + snapshot.root().base64());
            }
        }
        finding.succeed(register.registered().size() + ", each signed, each a prefix of the next and of the box");
    }

    private void closed(RegisterScan register, Manifest found, Checkpoint head) {
        RegisterScan.Closed closed = register.closed();
        if (closed == null) return;
        var finding = findings.check("closed");
        String where = "register leaf " + closed.leaf() + ": ";
        finding.succeed(where + "final checkpoint of " + closed.size() + " leaves, issuer keys destroyed");
        if (closed.size() != head.size()) {
            finding.fail(where + "closed with " + closed.size() + " leaves, but the box has " + head.size());
        }
        for (Manifest.IssuerClass one : found.classes()) {
            if (!closed.keysDestroyed().contains(one.tokenKeyId().hex())) {
                finding.fail(where + "the key of class " + one.name() + " is not among those destroyed");
            }
        }
    }

    /// @param published the number of the box's leaves that were registered before the page was read
    private void numbers(List<PageNumber> shown, long published, BoxScan scan, Checkpoint head) {
        var finding = findings.check("numbers on the page");
        for (PageNumber number : shown) {
            BoxScan.Snapshot snapshot = scan.at(number.size());
            String says = "the page says " + number.value() + " of class " + number.className();
            if (!number.box().equals(box.value())) {
                finding.fail(says + " of another box, " + number.box());
            } else if (!number.visibleTextMatchesValue()) {
                finding.fail(
                        says + ", but the visible text is \"" + (number.read() == null ? "" : number.read()) + "\"");
            } else if (number.size() < 0) {
                finding.fail(says + " without the size of the box at that count");
            } else if (snapshot == null) {
                finding.fail(says + " at " + number.size() + " leaves, but the box has only " + head.size());
            } else if (!number.isCorrectFor(snapshot.count(number.className()))) {
                finding.fail(says + " at " + number.size() + " leaves, but the box gives "
                        + snapshot.count(number.className()));
            }
        }
        BoxScan.Snapshot before = scan.at(published); // the page may be older than the first batch published since
        for (Report.ClassCount one : before == null ? scan.counts() : before.counts()) {
            boolean named = shown.stream().anyMatch(number -> number.className().equals(one.name()));
            if (!named && !PageNumber.mayHide(one.count())) {
                finding.fail("the page marks no number of class " + one.name() + ", but the box gives " + one.count());
            }
        }
        finding.succeed(
                shown.isEmpty()
                        ? "none shown (each class is under 10)"
                        : shown.size()
                                + (shown.size() == 1 ? " number marked there agrees" : " numbers marked there agree")
                                + " with the box, as people read it; numbers without markup were not checked");
    }

    private Report report() {
        return new Report(
                box,
                instance == null ? "" : instance.host(),
                instance == null ? "" : instance.registerKey().vkey(),
                manifest == null ? "" : manifest.subject().path(),
                findings.checks(),
                counts,
                boxNote,
                boxWalk == null ? 0 : boxWalk.size(),
                boxWalk == null ? null : boxWalk.root(),
                registerWalk == null ? 0 : registerWalk.size(),
                registerWalk == null ? null : registerWalk.root(),
                totals);
    }
}
