package org.undersigned.server.content.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The results of an import, in numbers.
///
/// @param encoding       of the header file
/// @param rows           institutions read
/// @param closed         among `rows`, institutions that are no longer active
/// @param withDomain     among `rows`, institutions with a mail domain
/// @param sharing        among `withDomain`, campuses that share a domain with another campus
/// @param sharedDomains  the number of domains that they share
/// @param zipsRepaired   zip codes that had lost leading zeros
/// @param lettersRepaired rows with letters that an earlier conversion had misread
/// @param listed         entries of the domain list
/// @param ofCountry      among `listed`, entries of the United States
/// @param unmatched      among `ofCountry`, entries without a campus
/// @param newlyClosed    entries that were offered until now
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

    /// The report for the operator, as lines of text.
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(format(
                "%,d institutions read (%s): %,d with a mail domain, %,d closed", rows, encoding, withDomain, closed));
        lines.add(format("%,d campuses share %,d domains with one another", sharing, sharedDomains));
        lines.add(format(
                "restored the leading zeros of %,d zip codes and the misread letters of %,d rows",
                zipsRepaired, lettersRepaired));
        lines.add(format(
                "%,d entries in the domain list, %,d of the United States, %,d of these without a campus",
                listed, ofCountry, unmatched));
        lines.add(format(
                "directory: %,d added, %,d changed (%,d closed now), %,d unchanged",
                added, changed, newlyClosed, unchanged));
        warnings.forEach(warning -> lines.add("warning: " + warning));
        if (warningCount > warnings.size()) lines.add(format("and %,d more warnings", warningCount - warnings.size()));
        return lines;
    }

    private static String format(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }
}
