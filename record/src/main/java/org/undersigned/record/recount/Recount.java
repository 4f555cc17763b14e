package org.undersigned.record.recount;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.BoxId;
import org.undersigned.record.BoxKeys;
import org.undersigned.record.Instance;
import org.undersigned.record.Manifest;
import org.undersigned.record.OfferedBoxes;
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
    private @Nullable LogReader registerReader;
    private @Nullable LogReader ledgerReader;
    private @Nullable LogReader boxReader;
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
        var register = reader("register", site.registerPath(), site.registerKey());
        var offered = new RegisterScan(findings.check("register leaves"));
        registerReader = register;
        register.advance(register.cosignedHead(site.policy(), options.witnesses()), offered::verify, offered::record);
        Manifest found = manifestOf(offered, site);
        manifest = found;
        asked(found);

        var ledger = reader("ledger", site.ledgerPath(), site.ledgerKey());
        var ledgerLeavesFinding = findings.check("ledger leaves");
        var registeredFinding = findings.check("registered checkpoints");
        var happened = new LedgerScan(box, site.boxKey(box), ledgerLeavesFinding, registeredFinding);
        ledgerReader = ledger;
        ledger.advance(ledger.cosignedHead(site.policy(), options.witnesses()), happened::verify, happened::record);
        long published = happened.published();

        List<PageNumber> shown = page(found);
        text(found);
        register.advance(register.head(), offered::verify, offered::record);
        ledger.advance(ledger.head(), happened::verify, happened::record);
        register.finish();
        ledger.finish();
        leaves("register", register, offered.kinds(), offered.leavesFinding());
        leaves("ledger", ledger, happened.kinds(), ledgerLeavesFinding);
        oneBox(found, offered);
        witnesses(site, offered.policy());

        count(found, offered, happened, shown, published, registeredFinding);
    }

    private LogReader reader(String name, String folder, NoteVerifier key) {
        return new LogReader(site, name, folder, key, threads, findings, options.progress());
    }

    private void leaves(String log, LogReader reader, LeafKinds kinds, Findings.Finding finding) {
        finding.succeed(kinds + (kinds.hasUnknown() ? " (unknown types are counted, not checked)" : ""));
        totals.add(log + ": " + reader.size() + " leaves read (" + kinds + ")");
    }

    /// Checks that the register names the witnesses that the instance names to this reader.
    private void witnesses(Instance site, RegisterScan.Policy policy) {
        var finding = findings.check("witnesses");
        String where = policy.leaf() < 0 ? "the register names none" : "register leaf " + policy.leaf();
        finding.succeed(site.policy() + " (" + where + ")");
        if (!policy.says().saysTheSameAs(site.policy())) {
            finding.fail(where + ": " + policy.says() + ", but " + Instance.PATH + " names " + site.policy());
        }
    }

    /// Checks that no page has two boxes at once: the operator could show one of them to one person only.
    private void oneBox(Manifest found, RegisterScan register) {
        var finding = findings.check("one box for each page");
        var boxes = register.boxes();
        boxes.faults().forEach(finding::fail);
        finding.succeed(boxes.all().size() + " boxes; "
                + boxes.supersession(box)
                        .map(one -> "this one is superseded by box " + one.by() + " since " + one.at()
                                + " (register leaf " + one.leaf() + ")")
                        .orElse(
                                boxes.isCurrent(box)
                                        ? "this one is the current box of "
                                                + found.subject().path()
                                        : "this one closed before the current box of "
                                                + found.subject().path() + " opened"));
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

    private Manifest manifestOf(RegisterScan register, Instance site) throws Findings.UnreadableLog {
        var finding = findings.check("manifest");
        OfferedBoxes.Offer offer = register.boxes()
                .offer(box)
                .orElseThrow(() -> new Findings.UnreadableLog(finding, "box " + box + " is not in the register"));
        Manifest found = offer.manifest();
        if (!found.origin().equals(site.boxKey(box).name())) {
            finding.fail("register leaf " + offer.leaf() + ": origin is " + found.origin() + ", not "
                    + site.boxKey(box).name());
        }
        finding.succeed("register leaf " + offer.leaf() + ": box " + box + ", "
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
            LedgerScan ledger,
            List<PageNumber> shown,
            long published,
            Findings.Finding registeredFinding)
            throws IOException, Findings.UnreadableLog {
        NoteVerifier key = requireInstance().boxKey(box);
        var reader = reader("box", Instance.boxPath(box), key);
        boxReader = reader;
        LogReader.Head newest = reader.head();
        Checkpoint head = newest.checkpoint();
        boxNote = newest.note();
        BoxKeys keys = keys(found);
        var entriesFinding = findings.check("entries");
        var withdrawalsFinding = findings.check("withdrawals");
        var wanted = new HashSet<Long>();
        ledger.registered().forEach(one -> wanted.add(one.size()));
        shown.forEach(number -> wanted.add(number.size()));
        wanted.add(published);
        var since =
                options.since() == null ? null : new EarlierCheckpoint(options.since(), key, findings.check("since"));
        if (since != null) wanted.add(since.size());
        if (options.at() != null) wanted.add(options.at());

        var scan =
                new BoxScan(found, keys, wanted, since == null ? 0 : since.size(), entriesFinding, withdrawalsFinding);
        scan.snapshotIfWanted(0, reader.root());
        reader.advance(newest, scan::verify, (index, seen) -> {
            scan.record(index, seen);
            scan.snapshotIfWanted(index + 1, reader.root());
        });
        reader.finish();
        counts = scan.counts();

        long entries =
                scan.counts().stream().mapToLong(Report.ClassCount::entries).sum();
        long withdrawals =
                scan.counts().stream().mapToLong(Report.ClassCount::withdrawals).sum();
        entriesFinding.succeed(entries + " entries: every token, nonce and signature verifies"
                + (since == null ? "" : " after leaf " + (since.size() - 1)) + ", no nonce twice");
        withdrawalsFinding.succeed(withdrawals + " withdrawals, each signed by its entry's key, after it and once");
        totals.add("box: " + reader.size() + " leaves read (" + entries + " entries, " + withdrawals + " withdrawals)");
        totals.add("verified: " + scan.verifiedTokens() + " tokens (RSA), " + scan.verifiedSignatures()
                + " signatures (Ed25519), "
                + ledger.registered().size() + " registered checkpoints");

        if (since != null) since.compare(scan, head);
        if (options.at() != null)
            counts = new EarlierSize(options.at(), findings.check("at")).counts(ledger, scan, head);
        registered(ledger, scan, head, registeredFinding);
        closed(ledger, found, head);
        new WhoCounts(register, found, findings.check("who counts")).check();
        new SignaturesWithinBooks(register, ledger, found, scan, findings.check("signatures ≤ books")).check();
        if (found.classNamed(Manifest.IN_PERSON).isPresent()) {
            new BooksWithinCards(register, ledger, found, scan, findings.check("books in person ≤ cards")).check();
        }
        numbers(register.boxes(), shown, published, scan, head);
    }

    private Instance requireInstance() {
        if (instance == null) throw new IllegalStateException("the instance is not read yet");
        return instance;
    }

    private static void registered(LedgerScan ledger, BoxScan scan, Checkpoint head, Findings.Finding finding) {
        for (LedgerScan.Registered one : ledger.registered()) {
            BoxScan.Snapshot snapshot = scan.at(one.size());
            if (snapshot == null) {
                finding.fail("ledger leaf " + one.leaf() + ": checkpoint of " + one.size()
                        + " leaves, but the box has only " + head.size());
            } else if (!snapshot.root().equals(one.root())) {
                finding.fail("ledger leaf " + one.leaf() + ": another history: its checkpoint of " + one.size()
                        + " leaves says root " + one.root().base64() + ", the box's first " + one.size() + " give "
                        + snapshot.root().base64());
            }
        }
        finding.succeed(ledger.registered().size() + ", each signed, each a prefix of the next and of the box");
    }

    private void closed(LedgerScan ledger, Manifest found, Checkpoint head) {
        LedgerScan.Closed closed = ledger.closed();
        if (closed == null) return;
        var finding = findings.check("closed");
        String where = "ledger leaf " + closed.leaf() + ": ";
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

    /// Checks the numbers on the page. A page whose text was corrected also shows the counts of its superseded boxes.
    ///
    /// @param published the number of the box's leaves that were registered before the page was read
    private void numbers(OfferedBoxes boxes, List<PageNumber> all, long published, BoxScan scan, Checkpoint head) {
        var finding = findings.check("numbers on the page");
        var path = boxes.offer(box).orElseThrow().manifest().subject().path();
        var siblings = boxes.all().stream()
                .map(OfferedBoxes.Offer::manifest)
                .filter(one -> !one.box().equals(box) && one.subject().path().equals(path))
                .map(one -> one.box().value())
                .collect(Collectors.toSet());
        var shown =
                all.stream().filter(number -> !siblings.contains(number.box())).toList();
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
            if (!named && boxes.isCurrent(box) && !PageNumber.mayHide(one.count())) {
                finding.fail("the page marks no number of class " + one.name() + ", but the box gives " + one.count());
            }
        }
        finding.succeed(
                shown.isEmpty()
                        ? boxes.isCurrent(box)
                                ? "none shown (each class is under 10)"
                                : "none shown of a superseded box"
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
                Report.Log.of(boxReader),
                Report.Log.of(registerReader),
                Report.Log.of(ledgerReader),
                totals);
    }
}
