package org.undersigned.tlog.witness;

import java.util.HashMap;
import java.util.Map;
import org.undersigned.tlog.Tree;

/// Forgets at the end of the process, and with it what it promised: for tests.
public final class MemoryWitnessState implements WitnessState {
    private final Map<String, Tree> latest = new HashMap<>();

    /// Knows no log yet.
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
