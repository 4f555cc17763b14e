package org.undersigned.server.content.directory;

import java.util.ArrayList;
import java.util.List;

/// What the operator should know though the import goes on: the first few in words, the rest as a number.
final class ImportWarnings {
    static final int SHOWN = 20;

    private final List<String> first = new ArrayList<>();
    private int count;

    /// What would have ended the import, had it mattered more.
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
