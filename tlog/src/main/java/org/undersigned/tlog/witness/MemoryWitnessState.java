package org.undersigned.tlog.witness;

import java.util.HashMap;
import java.util.Map;
import org.undersigned.tlog.Tree;

/// Stores a witness's state in memory, for tests: after the process ends, a witness could cosign a second history.
public final class MemoryWitnessState implements WitnessState {
    private final Map<String, Tree> latest = new HashMap<>();

    /// Creates an empty state.
    public MemoryWitnessState() {}

    @Override
    public synchronized Tree latest(String origin) {
        return latest.getOrDefault(origin, Tree.EMPTY);
    }

    @Override
    public synchronized boolean replace(String origin, Tree expected, Tree next) {
        if (!latest(origin).equals(expected)) return false;
        latest.put(origin, next);
        return true;
    }
}
