package org.undersigned.server.content.directory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An entry of the directory: one campus.
///
/// @param id      for URLs; assigned once and never changed, also if the place is renamed
/// @param unitid  the number in the federal directory, or null for a place that the federal directory does not list
/// @param domains mail domains of the members, sorted; campuses of one institution may share a domain
public record DirectoryEntry(
        String id, Kind kind, @Nullable Integer unitid, InstitutionFacts facts, List<MailDomain> domains) {
    public DirectoryEntry {
        domains = List.copyOf(domains);
    }

    public enum Kind {
        UNIVERSITY,
        HIGH_SCHOOL;

        String word() {
            return InstitutionFacts.word(this);
        }
    }

    /// True if a new chapter may be opened here.
    public boolean isOpen() {
        return !facts.closed();
    }
}
