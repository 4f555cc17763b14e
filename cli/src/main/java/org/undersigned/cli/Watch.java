package org.undersigned.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.undersigned.record.BoxId;
import org.undersigned.record.BoxKeys;
import org.undersigned.record.Entry;
import org.undersigned.record.Instance;
import org.undersigned.record.LedgerLeaf;
import org.undersigned.record.Manifest;
import org.undersigned.record.OfferedBoxes;
import org.undersigned.record.recount.SignedHead;
import org.undersigned.record.recount.SiteTiles;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.LogClient;
import org.undersigned.tlog.LogPolicy;
import org.undersigned.tlog.LogView;
import org.undersigned.tlog.UnprovenException;

/// One look at an instance by somebody who has looked before: what it serves now must continue what it served then,
/// and agree with its own register (PROTOCOL §10). Collects findings; each names the leaf or the file.
final class Watch {
    /// A tally comes once a day; so long may signatures be ahead of it.
    private static final Duration LATEST_TALLY = Duration.ofDays(2);

    /// Cards are cancelled within minutes of their end; so long may an instance be down then.
    private static final Duration LATEST_CANCELLING = Duration.ofDays(1);

    private static final int SMALLEST_TALLY = LedgerLeaf.RollTally.LEAST;
    private static final Pattern SCRIPT = Pattern.compile("<script\\b([^>]*)>");
    private static final Pattern SOURCE = Pattern.compile("\\bsrc=\"/assets/([A-Za-z0-9._-]+)\"");

    private final HttpSite site;
    private final WatchState state;
    private final Instant now;
    private final List<String> findings = new ArrayList<>();
    private String summary = "";

    Watch(HttpSite site, WatchState state, Instant now) {
        this.site = site;
        this.state = state;
        this.now = now;
    }

    /// Looks, and updates the state. If there are findings, the caller must not store the state, so that the next
    /// look finds them again.
    ///
    /// @return the findings; empty if nothing is wrong
    /// @throws IOException if the site cannot be reached
    List<String> look() throws IOException {
        try {
            var instance = Signer.instance(site);
            state.seen.requireSameKey(instance);
            var before = RegisterContents.read(site, instance, state.seen);
            var books = readBooks(before);
            var register = RegisterContents.read(site, instance, SeenInstance.of(instance, before));
            var ledger = ledger(instance);
            var heads = readLedger(ledger, instance);
            for (var offer : register.boxes().all()) box(offer.manifest(), instance, heads);
            for (var offer : register.boxes().all()) {
                if (register.boxes().isCurrent(offer.manifest().box())
                        && offer.manifest().isOpenAt(now)) {
                    offer(offer, register);
                }
            }
            books(books, instance, register);
            client(register);
            tallies(register);
            cards();
            state.seen = SeenInstance.of(instance, register);
            state.ledger = ledger.checkpoint().tree();
            summary = instance.host() + ": " + register.checkpoint().size() + " leaves of the register, "
                    + ledger.size() + " of the ledger, "
                    + register.boxes().all().size() + " boxes";
        } catch (UnverifiedException e) {
            findings.add(String.valueOf(e.getMessage()));
        } catch (UnprovenException e) {
            findings.add("ledger: " + e.getMessage());
        }
        return findings;
    }

    /// What was looked at, for a person.
    String summary() {
        return summary;
    }

    private LogView ledger(Instance instance) throws IOException {
        var folder = instance.ledgerPath();
        var note = RegisterContents.cosigned(
                site, folder, List.of(instance.policy().of(instance.ledgerKey())));
        var ledger =
                new LogClient(LogPolicy.of(instance.ledgerKey()), () -> note, new SiteTiles(site, folder)).latest();
        Continuation.require("the ledger", state.ledger, ledger);
        return ledger;
    }

    /// A checkpoint of a box and the ledger leaf that registers it.
    private record Registered(long leaf, Checkpoint head) {}

    /// Reads the leaves that are new since the last look.
    private Map<BoxId, List<Registered>> readLedger(LogView ledger, Instance instance) throws IOException {
        var heads = new HashMap<BoxId, List<Registered>>();
        ledger.entries(state.ledger.size(), ledger.size(), (index, bytes) -> {
            try {
                switch (LedgerLeaf.parse(bytes)) {
                    case LedgerLeaf.BoxCheckpoint(var box, var note) -> add(heads, index, box, note, instance);
                    case LedgerLeaf.BoxClosed closed -> add(heads, index, closed.box(), closed.note(), instance);
                    case LedgerLeaf.RollTally tally ->
                        state.books.merge(
                                WatchState.booksOf(tally.campus(), tally.cls()), (long) tally.books(), Long::sum);
                    case LedgerLeaf.CardsMade made -> state.cards.put(made.batch(), made.until());
                    case LedgerLeaf.CardsCancelled cancelled -> state.cards.remove(cancelled.batch());
                    default -> {}
                }
            } catch (IllegalArgumentException e) {
                findings.add("ledger leaf " + index + ": " + e.getMessage());
            }
        });
        return heads;
    }

    private static void add(Map<BoxId, List<Registered>> heads, long index, BoxId box, String note, Instance instance) {
        var head = SignedHead.read(note, instance.boxKey(box));
        heads.computeIfAbsent(box, _ -> new ArrayList<>()).add(new Registered(index, head));
    }

    /// Checks that a box continues what it was, and every checkpoint that was registered since.
    private void box(Manifest manifest, Instance instance, Map<BoxId, List<Registered>> heads) throws IOException {
        var id = manifest.box();
        var before = state.boxes.getOrDefault(id.value(), WatchState.WatchedBox.EMPTY);
        try {
            var view = BoxLog.latest(site, instance, id);
            Continuation.require("box " + id, before.tree(), view);
            for (var one : heads.getOrDefault(id, List.of())) {
                var size = one.head().size();
                if (size > view.size() || !view.rootAt(size).equals(one.head().root())) {
                    findings.add("ledger leaf " + one.leaf() + ": the box " + id
                            + " is not the one that this checkpoint of " + size + " leaves was made of");
                }
            }
            var signed = new TreeMap<>(before.signed());
            view.entries(before.tree().size(), view.size(), (_, leaf) -> {
                if (leaf.length != Entry.SIZE) return;
                classOf(manifest, leaf).ifPresent(name -> {
                    var of = signed.getOrDefault(name, WatchState.Signed.NONE);
                    signed.put(name, new WatchState.Signed(of.entries() + 1, of.late(), of.lateEntries()));
                });
            });
            state.boxes.put(
                    id.value(), new WatchState.WatchedBox(view.checkpoint().tree(), signed));
        } catch (NoSuchFileException e) {
            findings.add("box " + id + ": " + e.getFile() + " is not served");
        } catch (UnprovenException e) {
            findings.add("box " + id + ": " + e.getMessage());
        } catch (UnverifiedException e) {
            findings.add(e.getMessage());
        }
    }

    /// The class of an entry; empty for what is none: a recount names it.
    private static Optional<String> classOf(Manifest manifest, byte[] leaf) {
        try {
            return manifest.classOf(Entry.parse(leaf).token().tokenKeyId()).map(Manifest.IssuerClass::name);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Checks that the page of a current box leads to it, and that its text and keys are served.
    private void offer(OfferedBoxes.Offer offer, RegisterContents register) throws IOException {
        var manifest = offer.manifest();
        var leaf = "register leaf " + offer.leaf() + ": ";
        var path = manifest.subject().path();
        try {
            var box = RecordUrl.of(site, site.base().resolve(path)).box();
            if (!box.equals(manifest.box())) {
                findings.add(leaf + path + " leads to box " + box + ", not to " + manifest.box()
                        + register.boxes()
                                .offer(box)
                                .map(one -> " (register leaf " + one.leaf() + ")")
                                .orElse(", and the register does not have it"));
            }
        } catch (RefusedException e) {
            findings.add(leaf + path + " leads to no box");
        }
        var text = read(leaf, manifest.subject().textPath());
        if (text.length > 0 && !Hash.sha256(text).equals(manifest.subject().textSha256())) {
            findings.add(leaf + manifest.subject().textPath() + " is not the text that the manifest names");
        }
        var keys = new ArrayList<byte[]>();
        for (var one : manifest.classes()) keys.add(read(leaf, one.keyPath()));
        try {
            BoxKeys.parse(manifest, keys);
        } catch (IllegalArgumentException e) {
            findings.add(leaf + e.getMessage());
        }
    }

    private byte[] read(String leaf, String path) throws IOException {
        try {
            return site.read(path);
        } catch (NoSuchFileException e) {
            findings.add(leaf + path + " is not served");
            return new byte[0];
        }
    }

    /// The book of every campus, as one of its signers gets it.
    private Map<String, byte[]> readBooks(RegisterContents register) throws IOException {
        var campuses = new TreeSet<String>();
        register.rules().forEach(one -> campuses.addAll(one.campuses()));
        var books = new TreeMap<String, byte[]>();
        for (var campus : campuses) {
            try {
                books.put(campus, site.read("/roll/" + campus + "/book"));
            } catch (NoSuchFileException e) {
                findings.add("the book of " + campus + " is not served");
            }
        }
        return books;
    }

    /// @param register read after the books
    private void books(Map<String, byte[]> books, Instance instance, RegisterContents register) {
        books.forEach((campus, book) -> {
            try {
                Book.verify(book, instance, campus, null, register, now);
            } catch (UnverifiedException e) {
                findings.add(campus + ": " + e.getMessage());
            }
        });
    }

    /// Checks that the files that browsers run are the released ones.
    private void client(RegisterContents register) throws IOException {
        var released = register.released();
        if (released.isEmpty()) {
            findings.add("the register names no files that browsers run (client.released)");
            return;
        }
        var newest = released.getLast();
        var leaf = "register leaf " + newest.leaf() + ": ";
        var files = new TreeMap<>(newest.says().files());
        for (var file : files.entrySet()) {
            var path = (file.getKey().contains("/") ? "/" : "/assets/") + file.getKey(); // "verifier/index.html"
            var bytes = read(leaf, path);
            if (bytes.length > 0 && !Hash.sha256(bytes).hex().equals(file.getValue())) {
                findings.add(leaf + path + " is not the file that was released");
            }
        }
        for (var offer : register.boxes().all()) {
            if (!register.boxes().isCurrent(offer.manifest().box())) continue;
            var path = offer.manifest().subject().path() + "/sign";
            var page = site.get(path);
            if (page.status() != 200) continue; // a closed petition, or one that is counted but not signed on a page
            var scripts = SCRIPT.matcher(new String(page.body(), UTF_8));
            while (scripts.find()) {
                var attributes = scripts.group(1);
                if (attributes.contains("application/ld+json")) continue;
                var source = SOURCE.matcher(attributes);
                if (!source.find() || !files.containsKey(source.group(1))) {
                    findings.add(leaf + path + " runs a script that was not released: <script" + attributes + ">");
                }
            }
        }
    }

    /// Finds boxes that have had more signatures of a class than tallied books for longer than a tally may take.
    private void tallies(RegisterContents register) {
        for (var offer : register.boxes().all()) {
            var manifest = offer.manifest();
            var box = state.boxes.get(manifest.box().value());
            if (box == null || manifest.campus().equals("*")) continue;
            var roll = register.rollOf(manifest.campus()).campus();
            var signed = new TreeMap<String, WatchState.Signed>();
            for (var one : manifest.classes()) {
                var name = one.name();
                var of = box.of(name);
                var books = state.books.getOrDefault(WatchState.booksOf(roll, name), 0L);
                var bound = books + SMALLEST_TALLY - 1;
                var isStillLate = of.late() != null && of.lateEntries() > bound;
                var isAhead = of.entries() > bound;
                var since = isStillLate ? Objects.requireNonNull(of.late()) : now;
                signed.put(
                        name,
                        new WatchState.Signed(
                                of.entries(), isAhead ? since : null, isStillLate ? of.lateEntries() : of.entries()));
                if (isAhead && since.plus(LATEST_TALLY).isBefore(now)) {
                    findings.add("register leaf " + offer.leaf() + ": " + of.entries() + " signatures of class " + name
                            + " in box " + manifest.box() + ", but only " + books
                            + " books of its campus are tallied, and no tally since "
                            + since);
                }
            }
            state.boxes.put(manifest.box().value(), new WatchState.WatchedBox(box.tree(), signed));
        }
    }

    /// Finds cards whose time is over and that are not cancelled: they would bound nothing.
    private void cards() {
        state.cards.forEach((batch, until) -> {
            if (until.plus(LATEST_CANCELLING).isBefore(now)) {
                findings.add("the cards " + batch + " ended at " + until + " and are not cancelled");
            }
        });
    }
}
