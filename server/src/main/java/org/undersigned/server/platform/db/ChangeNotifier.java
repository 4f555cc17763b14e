package org.undersigned.server.platform.db;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGConnection;

/// Tells every node of an instance, by PostgreSQL's LISTEN and NOTIFY, that something public has changed: a
/// checkpoint, a campaign. The message says only that; who hears it reads again. A lost message delays what is
/// shown, never what is counted, so listeners also look again by themselves now and then.
public final class ChangeNotifier implements AutoCloseable {
    private static final String CHANNEL = "undersigned_public";
    private static final int WAIT_MS = 1_000;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final Jdbi jdbi;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean stopped;

    private ChangeNotifier(Jdbi jdbi) {
        this.jdbi = jdbi;
        thread = Thread.ofPlatform().name("changes").daemon().unstarted(this::listen);
    }

    /// Listens from now on; holds one connection.
    public static ChangeNotifier listen(Jdbi jdbi) {
        var changes = new ChangeNotifier(jdbi);
        changes.thread.start();
        return changes;
    }

    /// Tells everybody once the transaction commits.
    public static void notifyOnCommit(Handle transaction) {
        transaction.execute("NOTIFY " + CHANNEL);
    }

    /// Runs `listener` after each change, on the listening thread: it must be quick.
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    private void listen() {
        while (!stopped) {
            try (var handle = jdbi.open()) {
                handle.execute("LISTEN " + CHANNEL);
                var connection = handle.getConnection().unwrap(PGConnection.class);
                listeners.forEach(Runnable::run); // whatever was told before it listened
                while (!stopped) {
                    var heard = connection.getNotifications(WAIT_MS);
                    if (heard != null && heard.length > 0) listeners.forEach(Runnable::run);
                }
            } catch (SQLException | RuntimeException e) {
                if (!stopped) LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
            }
        }
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join(Duration.ofMillis(3L * WAIT_MS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
