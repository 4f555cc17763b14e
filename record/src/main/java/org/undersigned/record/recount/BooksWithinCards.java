package org.undersigned.record.recount;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.undersigned.record.LedgerLeaf;
import org.undersigned.record.Manifest;
import org.undersigned.record.RegisterLeaf;

/// Checks that no more books were drawn in person than there are cards (PROTOCOL §8): the ledger says how
/// many cards were made for which roll, before one can be used, and when a batch is cancelled how many of it
/// drew at most. At every tally of the class `in-person`, the books of that roll must not exceed its cards up
/// to that leaf. At every leaf about cards, and at the end, the newest checkpoint registered before it must
/// not hold more entries of the class than the box's rolls had cards until then.
///
/// A batch belongs to a roll, and not to the campuses that the roll served when it was made: a campus may
/// join.
final class BooksWithinCards {
    private final LedgerScan ledger;
    private final BoxScan box;
    private final Findings.Finding finding;
    /// The rolls whose people can sign in the box.
    private final Set<String> rolls;
    /// By batch, in the ledger's order.
    private final Map<String, Batch> batches = new LinkedHashMap<>();

    private record Batch(LedgerLeaf.CardsMade made, long most, boolean isCancelled) {}

    BooksWithinCards(
            RegisterScan register, LedgerScan ledger, Manifest manifest, BoxScan box, Findings.Finding finding) {
        this.ledger = ledger;
        this.box = box;
        this.finding = finding;
        rolls = manifest.campus().equals("*")
                ? SignaturesWithinBooks.rolls(register, manifest)
                : register.rules().stream()
                        .map(RegisterScan.Rules::says)
                        .filter(one -> one.campuses().contains(manifest.campus()))
                        .map(RegisterLeaf.RollRules::campus)
                        .collect(Collectors.toSet());
    }

    void check() {
        var books = new HashMap<String, Long>();
        var facts = ledger.cards().iterator();
        LedgerScan.CardFact next = facts.hasNext() ? facts.next() : null;
        for (LedgerScan.Tally tally : ledger.tallies()) {
            for (; next != null && next.leaf() < tally.leaf(); next = facts.hasNext() ? facts.next() : null) add(next);
            LedgerLeaf.RollTally says = tally.says();
            if (!says.cls().equals(Manifest.IN_PERSON) || !rolls.contains(says.campus())) continue;
            long drawn = books.merge(says.campus(), (long) says.books(), Long::sum);
            long most = batches.values().stream()
                    .filter(one -> one.made().campus().equals(says.campus()))
                    .mapToLong(Batch::most)
                    .sum();
            if (drawn > most) {
                finding.fail("ledger leaf " + tally.leaf() + ": " + drawn + " books drawn in person at " + says.campus()
                        + ", but at most " + most + " cards could draw one");
            }
        }
        for (; next != null; next = facts.hasNext() ? facts.next() : null) add(next);
        signatures("", ledger.published());
        describe();
    }

    private void add(LedgerScan.CardFact fact) {
        String where = "ledger leaf " + fact.leaf() + ": ";
        LedgerScan.Registered before = ledger.newestBefore(fact.leaf());
        if (before != null) signatures(where, before.size());
        switch (fact.says()) {
            case LedgerLeaf.CardsMade made -> {
                var known = batches.putIfAbsent(made.batch(), new Batch(made, made.cards(), false));
                if (known != null) finding.fail(where + "the cards " + made.batch() + " were made before");
            }
            case LedgerLeaf.CardsCancelled(var batch, var _, var drawnAtMost) -> {
                var known = batches.get(batch);
                if (known == null) finding.fail(where + "the cards " + batch + " were never made");
                else if (known.isCancelled()) finding.fail(where + "the cards " + batch + " were cancelled before");
                else {
                    long most = Math.min(known.made().cards(), drawnAtMost);
                    batches.put(batch, new Batch(known.made(), most, true));
                }
            }
            default -> throw new IllegalArgumentException("not about cards");
        }
    }

    /// Compares the entries of the box's first `size` leaves with the cards until now.
    private void signatures(String where, long size) {
        BoxScan.Snapshot snapshot = box.at(size);
        if (snapshot == null) return; // Recount reports it
        long signed = snapshot.entries(Manifest.IN_PERSON);
        long most = batches.values().stream()
                .filter(this::concerns)
                .mapToLong(Batch::most)
                .sum();
        if (signed > most) {
            finding.fail(where + signed + " signatures of class " + Manifest.IN_PERSON + ", but at most " + most
                    + " cards could draw a book");
        }
    }

    private boolean concerns(Batch batch) {
        return rolls.contains(batch.made().campus());
    }

    private void describe() {
        var here = batches.values().stream().filter(this::concerns).toList();
        if (here.isEmpty()) {
            finding.succeed("no cards were made for signing in person");
            return;
        }
        long made = here.stream().mapToLong(one -> one.made().cards()).sum();
        long most = here.stream().mapToLong(Batch::most).sum();
        long cancelled = here.stream().filter(Batch::isCancelled).count();
        finding.succeed(made + " cards made in " + here.size() + (here.size() == 1 ? " batch, " : " batches, ")
                + cancelled + " of them cancelled; at most " + most + " can draw or have drawn a book");
    }
}
