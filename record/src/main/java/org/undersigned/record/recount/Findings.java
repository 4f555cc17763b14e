package org.undersigned.record.recount;

import java.util.ArrayList;
import java.util.List;

/// The checks while they are being made. Of the failures of one check the first [#SHOWN] are kept and the others
/// counted: a thoroughly broken log must not fill the memory of whoever reads it.
final class Findings {
    static final int SHOWN = 5;

    private final List<Finding> findings = new ArrayList<>();

    Finding check(String name) {
        var finding = new Finding(name);
        findings.add(finding);
        return finding;
    }

    List<Check> checks() {
        return findings.stream().filter(Finding::isMade).map(Finding::done).toList();
    }

    /// One check, good until it fails.
    static final class Finding {
        private final String name;
        private final List<String> failures = new ArrayList<>();
        private long failed;
        private String detail = "";

        private Finding(String name) {
            this.name = name;
        }

        void fail(String what) {
            if (failed++ < SHOWN) failures.add(what);
        }

        /// What to say if nothing fails.
        void saw(String what) {
            detail = what;
        }

        /// A check whose turn never came says nothing.
        private boolean isMade() {
            return failed > 0 || !detail.isEmpty();
        }

        private Check done() {
            if (failed == 0) return new Check(name, true, detail);
            String rest = failed > SHOWN ? "; and " + (failed - SHOWN) + " more" : "";
            return new Check(name, false, String.join("; ", failures) + rest);
        }
    }

    /// The log cannot be read any further; the reason is already a finding.
    static final class Broken extends Exception {
        private static final long serialVersionUID = 1;

        Broken(Finding finding, String what) {
            super(what);
            finding.fail(what);
        }
    }
}
