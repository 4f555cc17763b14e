package org.undersigned.server.content.directory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An entry of the directory.
///
/// @param id      for URLs; given once and never changed, also when the place is renamed
/// @param unitid  the federal directory's number, or null for a place it does not list
/// @param domains its members' mail, sorted; campuses of one institution may share one
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

    /// Whether a new chapter may be opened here.
    public boolean isOffered() {
        return !facts.closed();
    }
}
