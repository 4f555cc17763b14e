package org.undersigned.server.platform;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;

/// Open resources, closed together, last opened first.
public final class Resources implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /// Adds `resource`, which [#close] closes, and returns it.
    public synchronized <T extends AutoCloseable> T keep(T resource) {
        open.push(resource);
        return resource;
    }

    /// Closes everything, even if one of them fails. Safe to call twice.
    @Override
    public synchronized void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                System.getLogger(Resources.class.getName())
                        .log(Level.WARNING, "stopping: {0}", e.getClass().getName());
            }
        }
    }
}
