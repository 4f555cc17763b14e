package org.undersigned.record.recount;

import java.util.ArrayList;
import java.util.List;

/// Collects the results of the checks during a recount. For each check it stores the first [#SHOWN] failures and
/// counts the rest, because a badly broken log must not fill the reader's memory.
final class Findings {
    static final int SHOWN = 5;

    private final List<Finding> findings = new ArrayList<>();

    Finding check(String name) {
        var finding = new Finding(name);
        findings.add(finding);
        return finding;
    }

    List<Check> checks() {
        return findings.stream().filter(Finding::hasResult).map(Finding::done).toList();
    }

    /// The result of one check: a success until [#fail] is called.
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

        /// Sets the text for the case that the check succeeds.
        void succeed(String what) {
            detail = what;
        }

        /// A check that did not run is not reported.
        private boolean hasResult() {
            return failed > 0 || !detail.isEmpty();
        }

        private Check done() {
            if (failed == 0) return new Check(name, true, detail);
            String rest = failed > SHOWN ? "; and " + (failed - SHOWN) + " more" : "";
            return new Check(name, false, String.join("; ", failures) + rest);
        }
    }

    /// Thrown if the log cannot be read further; the reason is already recorded as a failure.
    static final class UnreadableLog extends Exception {
        private static final long serialVersionUID = 1;

        UnreadableLog(Finding finding, String what) {
            super(what);
            finding.fail(what);
        }
    }
}
