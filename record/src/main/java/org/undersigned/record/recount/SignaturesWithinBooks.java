package org.undersigned.record.recount;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.undersigned.record.LedgerLeaf;
import org.undersigned.record.Manifest;
import org.undersigned.record.RegisterLeaf;

/// Checks signatures ≤ books (PROTOCOL §8): every signer has drawn a book, so the published tallies of the rolls
/// are an upper bound for every box.
///
/// A tally counts the books of one roll up to the tally's own leaf. At each tally of a roll that serves the box's
/// campus, the newest checkpoint registered before that leaf must not hold more entries of that class than books
/// that this roll has issued.
///
/// A box for every campus depends on many rolls, whose tallies are at different leaves. For such a box this class
/// takes the newest checkpoint before the *oldest* of the rolls' latest tallies, because all sums are complete up
/// to that leaf. A roll that never issued 10 books publishes no tally, so 9 books are allowed for each campus of
/// the campaign without a tally.
final class SignaturesWithinBooks {
    private final RegisterScan register;
    private final LedgerScan ledger;
    private final Manifest manifest;
    private final BoxScan box;
    /// How many books of a roll a tally may leave out.
    private static final int UNTALLIED = LedgerLeaf.RollTally.LEAST - 1;

    private final Findings.Finding finding;
    private final List<String> parts = new ArrayList<>();

    SignaturesWithinBooks(
            RegisterScan register, LedgerScan ledger, Manifest manifest, BoxScan box, Findings.Finding finding) {
        this.register = register;
        this.ledger = ledger;
        this.manifest = manifest;
        this.box = box;
        this.finding = finding;
    }

    void check() {
        for (Manifest.IssuerClass one : manifest.classes()) {
            var latest = new HashMap<String, Long>();
            Set<String> tallied = new HashSet<>();
            long sum = 0;
            long compared = 0;
            for (LedgerScan.Tally tally : ledger.tallies()) {
                LedgerLeaf.RollTally says = tally.says();
                if (!says.cls().equals(one.name()) || !concerns(says)) continue;
                sum += says.books();
                latest.put(says.campus(), tally.leaf());
                tallied.add(says.campus());
                if (compare(one.name(), tally.leaf(), sum, latest, tallied)) compared++;
            }
            atClosing(one.name());
            describe(one.name(), sum, compared);
        }
        finding.succeed(parts.isEmpty() ? "no tally of this campus to compare with yet" : String.join("; ", parts));
    }

    /// A box closes after a tally that leaves fewer than 10 books of each of its rolls out, so at `box.closed` the
    /// tallies before it bound the final count.
    private void atClosing(String className) {
        LedgerScan.Closed closed = ledger.closed();
        if (closed == null) return;
        BoxScan.Snapshot snapshot = box.at(closed.size());
        if (snapshot == null) return; // Recount reports it
        long books = 0;
        for (LedgerScan.Tally tally : ledger.tallies()) {
            LedgerLeaf.RollTally says = tally.says();
            if (tally.leaf() < closed.leaf() && says.cls().equals(className) && concerns(says)) books += says.books();
        }
        long campuses = manifest.campus().equals("*") ? rolls().size() : 1;
        long most = books + campuses * UNTALLIED;
        long signed = snapshot.entries(className);
        if (signed > most) {
            finding.fail("ledger leaf " + closed.leaf() + ": the box closes with " + signed + " signatures of class "
                    + className + ", but at most " + most + " books: " + books + " tallied and 9 for each of "
                    + campuses + " rolls");
        }
    }

    /// Says how much the tallies bound the count: the books without a signature are the operator's room for invented
    /// signatures; signatures above the books are not bounded until the next tally.
    private void describe(String className, long books, long compared) {
        if (compared == 0) return;
        LedgerLeaf.RollTally last = ledger.tallies().stream()
                .map(LedgerScan.Tally::says)
                .filter(says -> says.cls().equals(className) && concerns(says))
                .reduce((_, later) -> later)
                .orElseThrow();
        long signed = box.counts().stream()
                .filter(one -> one.name().equals(className))
                .mapToLong(Report.ClassCount::entries)
                .sum();
        parts.add(className + ": " + books + " books tallied, compared at " + compared
                + (compared == 1 ? " tally, " : " tallies, ")
                + (signed > books
                        ? signed - books + " signatures since the tally of " + last.day() + " are not bounded yet"
                        : books - signed + " books without a signature here"));
    }

    private boolean concerns(LedgerLeaf.RollTally tally) {
        return manifest.campus().equals("*")
                || tally.campuses().contains("*")
                || tally.campuses().contains(manifest.campus());
    }

    private boolean compare(String className, long leaf, long sum, Map<String, Long> latest, Set<String> tallied) {
        long complete =
                latest.values().stream().mapToLong(Long::longValue).min().orElse(leaf);
        LedgerScan.Registered newest = ledger.newestBefore(complete);
        if (newest == null) return false;
        BoxScan.Snapshot snapshot = box.at(newest.size());
        if (snapshot == null) return false; // the checkpoint exceeds the box: Recount reports it
        long small = smallRolls(tallied);
        long most = sum + small * UNTALLIED;
        long signed = snapshot.entries(className);
        if (signed > most) {
            finding.fail("ledger leaf " + leaf + ": " + signed + " signatures of class " + className
                    + " in the checkpoint of leaf " + newest.leaf() + ", but only " + sum + " books"
                    + (small == 0 ? "" : " and at most 9 at each of " + small + " rolls without a tally"));
        }
        return true;
    }

    /// For a box of every campus: the number of rolls without a tally so far.
    private long smallRolls(Set<String> tallied) {
        if (!manifest.campus().equals("*")) return 0;
        return rolls().stream().filter(roll -> !tallied.contains(roll)).count();
    }

    private Set<String> rolls() {
        return rolls(register, manifest);
    }

    /// The rolls of the campuses that have a box in this box's campaign; all rolls if none has.
    static Set<String> rolls(RegisterScan register, Manifest manifest) {
        Set<String> campuses = register.boxes().campusesOf(manifest.campaign());
        return register.rules().stream()
                .map(RegisterScan.Rules::says)
                .filter(one -> campuses.isEmpty() || one.campuses().stream().anyMatch(campuses::contains))
                .map(RegisterLeaf.RollRules::campus)
                .collect(Collectors.toSet());
    }
}
