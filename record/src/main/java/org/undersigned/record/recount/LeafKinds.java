package org.undersigned.record.recount;

import java.util.ArrayList;
import java.util.TreeMap;

/// How many leaves of each type a log has.
final class LeafKinds {
    /// The beginning of the name of a type that this program does not know.
    static final String UNKNOWN = "unknown ";

    private final TreeMap<String, Long> leavesByType = new TreeMap<>();

    void add(String type) {
        leavesByType.merge(type, 1L, Long::sum);
    }

    boolean hasUnknown() {
        return leavesByType.keySet().stream().anyMatch(type -> type.startsWith(UNKNOWN));
    }

    /// For example `3 box.opened, 20 roll.rules`.
    @Override
    public String toString() {
        var words = new ArrayList<String>();
        leavesByType.forEach((type, count) -> words.add(count + " " + type));
        return String.join(", ", words);
    }
}
