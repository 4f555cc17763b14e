package org.undersigned.record.recount;

import java.util.ArrayList;
import java.util.List;
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
        var everyCampus = manifest.campus().equals("*");
        var ofCampus = register.rules().stream()
                .filter(rules -> everyCampus || rules.says().campuses().contains(manifest.campus()))
                .toList();
        var who = everyCampus ? "a campus" : manifest.campus();
        if (ofCampus.stream().noneMatch(rules -> rules.leaf() < register.manifestLeaf())) {
            finding.fail("register leaf " + register.manifestLeaf()
                    + ": the box opens before the register says which addresses belong to " + who);
        } else if (everyCampus) {
            finding.succeed("members of every campus of the campaign, by the " + ofCampus.size()
                    + " roll.rules of the register");
        } else {
            var changes = ofCampus.stream()
                    .map(rules -> describe(rules.says()) + " (register leaf " + rules.leaf() + ")")
                    .toList();
            finding.succeed(String.join("; then ", changes));
        }
    }

    /// For example "addresses at a.edu or b.edu, and at math.a.edu apart; capitals, and +tags do not count".
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
