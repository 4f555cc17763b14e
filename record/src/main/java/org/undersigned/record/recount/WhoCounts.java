package org.undersigned.record.recount;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.undersigned.record.Manifest;
import org.undersigned.record.RegisterLeaf;

/// Checks that the register said which addresses are members' before the box opened, and repeats what it says, so that
/// a reader can judge it.
final class WhoCounts {
    private final RegisterScan register;
    private final Manifest manifest;
    private final Findings.Finding finding;

    WhoCounts(RegisterScan register, Manifest manifest, Findings.Finding finding) {
        this.register = register;
        this.manifest = manifest;
        this.finding = finding;
    }

    void check() {
        if (manifest.campus().equals("*")) everyCampus();
        else oneCampus();
    }

    /// A box for every campus of a campaign: each campus that has a box of its own in this campaign has rules.
    private void everyCampus() {
        var campuses = new TreeSet<>(register.boxes().campusesOf(manifest.campaign()));
        for (String campus : campuses) {
            if (rulesOf(campus).isEmpty())
                finding.fail("the register does not say which addresses belong to " + campus);
        }
        finding.succeed("members of the campaign's campuses; the register says for " + campuses.size()
                + " of them which addresses these are");
    }

    private void oneCampus() {
        var rules = rulesOf(manifest.campus());
        long opened = register.boxes().offer(manifest.box()).orElseThrow().leaf();
        if (rules.stream().noneMatch(one -> one.leaf() < opened)) {
            finding.fail("register leaf " + opened
                    + ": the box opens before the register says which addresses belong to " + manifest.campus());
        }
        finding.succeed(rules.stream()
                .map(one -> describe(one.says()) + " (register leaf " + one.leaf() + ")")
                .collect(Collectors.joining("; then ")));
    }

    private List<RegisterScan.Rules> rulesOf(String campus) {
        return register.rules().stream()
                .filter(one -> one.says().campuses().contains(campus))
                .toList();
    }

    /// For example "addresses at a.edu or b.edu, and at math.a.edu apart; names are the same without case, plus-tag".
    private static String describe(RegisterLeaf.RollRules rules) {
        var parts = new ArrayList<String>();
        if (!rules.domains().isEmpty()) parts.add("at " + String.join(" or ", rules.domains()));
        if (!rules.separateDomains().isEmpty()) {
            parts.add("at " + String.join(", ", rules.separateDomains()) + " apart");
        }
        if (parts.isEmpty()) return "no addresses";
        return "addresses " + String.join(", and ", parts) + folds(rules.folds());
    }

    private static String folds(List<String> folds) {
        return folds.isEmpty() ? "" : "; names are the same without " + String.join(", ", folds);
    }
}
