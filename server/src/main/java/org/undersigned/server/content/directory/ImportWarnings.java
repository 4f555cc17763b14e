package org.undersigned.server.content.directory;

import java.util.ArrayList;
import java.util.List;

/// Collects faults that do not stop an import: the text of the first [#SHOWN], and the number of all.
final class ImportWarnings {
    static final int SHOWN = 20;

    private final List<String> first = new ArrayList<>();
    private int count;

    /// Adds a fault of a kind that the import tolerates.
    void add(ImportFailure harmless) {
        if (count++ < SHOWN) first.add(String.valueOf(harmless.getMessage()));
    }

    List<String> first() {
        return List.copyOf(first);
    }

    int count() {
        return count;
    }
}
