package org.undersigned.server.content.directory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The changes that an import makes to the directory, computed before they are written. An institution that the
/// file no longer lists is closed, never deleted, because it may have petitions.
///
/// @param changed  entries with different content, among them the newly closed ones
/// @param closing  entries that were open until now
/// @param unlisted among `changed`, entries that the file no longer lists
record DirectoryDiff(
        List<DirectoryEntry> added, List<DirectoryEntry> changed, int unchanged, int closing, int unlisted) {

    /// @param known the whole directory
    static DirectoryDiff between(List<DirectoryEntry> known, List<DirectoryBuilder.Entry> listed) {
        var byUnit = new HashMap<Integer, DirectoryEntry>();
        var slugs = new HashMap<Integer, String>();
        Set<String> taken = new HashSet<>();
        for (var campus : known) {
            taken.add(campus.id());
            if (campus.unitid() == null) continue;
            byUnit.put(campus.unitid(), campus);
            slugs.put(campus.unitid(), campus.id());
        }
        var assigned = new SlugAssigner(slugs, taken)
                .assign(listed.stream().map(DirectoryBuilder.Entry::institution).toList());
        var added = new ArrayList<DirectoryEntry>();
        var changed = new ArrayList<DirectoryEntry>();
        var unchanged = 0;
        var closing = 0;
        for (var entry : listed) {
            var unitid = entry.institution().unitid();
            var now = new DirectoryEntry(
                    assigned.getOrDefault(unitid, ""),
                    DirectoryEntry.Kind.UNIVERSITY,
                    unitid,
                    entry.institution().facts(),
                    entry.domains());
            var before = byUnit.remove(unitid);
            if (before == null) added.add(now);
            else if (before.equals(now)) unchanged++;
            else changed.add(now);
            if (before != null && before.isOpen() && !now.isOpen()) closing++;
        }
        var unlisted = 0;
        for (var gone : byUnit.values()) {
            if (gone.isOpen()) {
                changed.add(new DirectoryEntry(
                        gone.id(), gone.kind(), gone.unitid(), gone.facts().asClosed(), gone.domains()));
                unlisted++;
            } else unchanged++;
        }
        return new DirectoryDiff(List.copyOf(added), List.copyOf(changed), unchanged, closing + unlisted, unlisted);
    }
}
