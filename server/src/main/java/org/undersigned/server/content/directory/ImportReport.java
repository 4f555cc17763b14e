package org.undersigned.server.content.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What an import did, in numbers.
///
/// @param encoding       of the header file
/// @param rows           institutions read
/// @param closed         of them, no longer active
/// @param withDomain     of them, with a mail domain
/// @param sharing        of these, campuses that share theirs
/// @param sharedDomains  how many domains they share
/// @param zipsRepaired   zip codes that had lost zeros
/// @param lettersRepaired rows with letters misread before
/// @param listed         entries of the domain list
/// @param ofCountry      of them, in the United States
/// @param unmatched      of these, without a campus
/// @param newlyClosed    of the changed, offered until now
/// @param warnings       the first few
public record ImportReport(
        String encoding,
        int rows,
        int closed,
        int withDomain,
        int sharing,
        int sharedDomains,
        int zipsRepaired,
        int lettersRepaired,
        int listed,
        int ofCountry,
        int unmatched,
        int added,
        int changed,
        int unchanged,
        int newlyClosed,
        List<String> warnings,
        int warningCount) {

    /// For the operator, line by line.
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(say(
                "%,d institutions read (%s): %,d with a mail domain, %,d closed", rows, encoding, withDomain, closed));
        lines.add(say("%,d campuses share %,d domains with one another", sharing, sharedDomains));
        lines.add(say(
                "%,d zip codes had lost zeros; letters of %,d rows had been misread", zipsRepaired, lettersRepaired));
        lines.add(say(
                "%,d entries in the domain list, %,d of the United States, %,d of these without a campus",
                listed, ofCountry, unmatched));
        lines.add(say(
                "directory: %,d added, %,d changed (%,d closed now), %,d unchanged",
                added, changed, newlyClosed, unchanged));
        warnings.forEach(warning -> lines.add("warning: " + warning));
        if (warningCount > warnings.size()) lines.add(say("and %,d more warnings", warningCount - warnings.size()));
        return lines;
    }

    private static String say(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }
}
