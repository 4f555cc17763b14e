package org.undersigned.server.platform.db;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/// Notifies every node of an instance, by PostgreSQL's LISTEN and NOTIFY, that public data has changed. The message
/// carries only the kind of change; listeners read the database again. A lost message delays what is shown, never
/// what is counted, because every listener also reads again after a pause.
public final class ChangeNotifier implements AutoCloseable {
    private static final String CHANNEL = "undersigned_public";
    private static final int WAIT_MS = 10_000;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(3);

    private final Jdbi jdbi;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> campaignListeners = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean stopped;
    private volatile @Nullable PGConnection connection;

    /// What has changed.
    public enum Change {
        /// The document of a campaign.
        CAMPAIGN,
        /// A checkpoint of a box or of the register.
        CHECKPOINT,
        /// A statement is shown or deleted.
        STATEMENT;

        private String payload() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private ChangeNotifier(Jdbi jdbi) {
        this.jdbi = jdbi;
        thread = Thread.ofPlatform().name("changes").daemon().unstarted(this::listen);
    }

    /// Starts to listen; uses one connection until closed.
    public static ChangeNotifier listen(Jdbi jdbi) {
        var notifier = new ChangeNotifier(jdbi);
        notifier.thread.start();
        return notifier;
    }

    /// Notifies all listeners when the transaction commits.
    public static void notifyOnCommit(Handle transaction, Change change) {
        transaction.execute("SELECT pg_notify(?, ?)", CHANNEL, change.payload());
    }

    /// Runs `listener` after each change, on the listening thread. It must return quickly.
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /// Runs `listener` after each change of a campaign's document, as [#onChange].
    public void onCampaignChange(Runnable listener) {
        campaignListeners.add(listener);
    }

    private void listen() {
        while (!stopped) {
            try (var handle = jdbi.open()) {
                handle.execute("LISTEN " + CHANNEL);
                var listening = handle.getConnection().unwrap(PGConnection.class);
                connection = listening;
                notifyAbout(true); // changes that were committed before it listened
                while (!stopped) {
                    var received = listening.getNotifications(WAIT_MS);
                    if (received == null || received.length == 0) continue;
                    notifyAbout(List.of(received).stream()
                            .anyMatch(one -> one.getParameter().equals(Change.CAMPAIGN.payload())));
                }
            } catch (SQLException | RuntimeException | Error e) { // it listens until closed
                if (!stopped) LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
            }
        }
    }

    private void notifyAbout(boolean campaign) {
        listeners.forEach(Runnable::run);
        if (campaign) campaignListeners.forEach(Runnable::run);
    }

    /// Stops listening at once: closes the connection on which the thread waits.
    @Override
    public void close() {
        stopped = true;
        try {
            if (connection instanceof java.sql.Connection waiting) waiting.abort(Runnable::run);
            thread.join(STOP);
        } catch (SQLException e) {
            // it is closed already
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
