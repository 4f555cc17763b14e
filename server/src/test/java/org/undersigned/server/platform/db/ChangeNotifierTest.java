package org.undersigned.server.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.undersigned.server.platform.db.ChangeNotifier.Change;
import org.undersigned.server.support.TestCluster;
import org.undersigned.server.support.TestCluster.Template;
import org.undersigned.server.support.TestCluster.TestDatabase;

/// LISTEN and NOTIFY on a real PostgreSQL: who hears of which change, and that closing does not wait.
@SuppressWarnings("NullAway.Init") // by BeforeEach
final class ChangeNotifierTest {
    private final Semaphore changes = new Semaphore(0);
    private final Semaphore campaignChanges = new Semaphore(0);
    private TestDatabase tables;
    private Database database;
    private ChangeNotifier notifier;

    @BeforeEach
    void listen() throws Exception {
        tables = TestCluster.shared().database(Template.MIGRATED);
        database = tables.open(TestCluster.shared().key());
        notifier = ChangeNotifier.listen(database.as(DatabaseRole.SITE));
        notifier.onChange(changes::release);
        notifier.onCampaignChange(campaignChanges::release);
        notifyOf(Change.CAMPAIGN); // it may not listen yet: whatever it missed, it announces when it begins
        assertThat(heard(campaignChanges)).isTrue();
        TimeUnit.MILLISECONDS.sleep(200);
        changes.drainPermits();
        campaignChanges.drainPermits();
    }

    @AfterEach
    void close() {
        notifier.close();
        database.close();
        tables.close();
    }

    private void notifyOf(Change change) {
        database.as(DatabaseRole.BOX).useTransaction(transaction -> ChangeNotifier.notifyOnCommit(transaction, change));
    }

    private static boolean heard(Semaphore listener) throws InterruptedException {
        return listener.tryAcquire(1, TimeUnit.MINUTES);
    }

    @Test
    void everyListenerHearsOfACampaign() throws Exception {
        notifyOf(Change.CAMPAIGN);

        assertThat(heard(changes)).isTrue();
        assertThat(heard(campaignChanges)).isTrue();
    }

    @Test
    void aCheckpointIsNoChangeOfACampaign() throws Exception {
        notifyOf(Change.CHECKPOINT);
        notifyOf(Change.STATEMENT);

        assertThat(heard(changes)).isTrue();
        assertThat(campaignChanges.tryAcquire(200, TimeUnit.MILLISECONDS)).isFalse();
    }

    @Test
    void aTransactionThatIsRolledBackNotifiesNobody() throws Exception {
        database.as(DatabaseRole.BOX).useTransaction(transaction -> {
            ChangeNotifier.notifyOnCommit(transaction, Change.CAMPAIGN);
            transaction.rollback();
        });

        assertThat(changes.tryAcquire(200, TimeUnit.MILLISECONDS)).isFalse();
    }

    @Test
    void itListensAgainAfterItsConnectionIsLost() throws Exception {
        try (var superuser = tables.connect();
                var statement = superuser.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN %'"
                    + " AND datname = current_database()");
        }
        assertThat(heard(campaignChanges)).as("what it may have missed").isTrue();
        campaignChanges.drainPermits();

        notifyOf(Change.CAMPAIGN);

        assertThat(heard(campaignChanges)).isTrue();
    }

    @Test
    void closingEndsTheWaitAtOnce() {
        var began = System.nanoTime();

        notifier.close();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10)); // it waits for ten
    }
}
