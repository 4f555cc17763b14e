package org.undersigned.server.publish.activitypub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.undersigned.server.platform.db.Database;
import org.undersigned.server.platform.db.DatabaseRole;
import org.undersigned.server.publish.activitypub.ActivityPubStore.FollowResult;
import org.undersigned.server.support.TestCluster;
import org.undersigned.server.support.TestCluster.Template;
import org.undersigned.server.support.TestCluster.TestDatabase;

/// Tests what the database guarantees: two nodes never deliver the same activity at once, a server gets nothing
/// after its last follower has left, and a replayed request has no effect.
@SuppressWarnings("NullAway.Init") // by BeforeAll
final class ActivityPubStoreTest {
    private static final Instant NOON = Instant.parse("2040-06-01T12:00:00Z");
    private static final Instant LEASE = NOON.plus(Duration.ofMinutes(10));

    private static TestDatabase tables;
    private static Database database;
    private static ActivityPubStore one;
    private static ActivityPubStore other;

    @BeforeAll
    static void open() {
        tables = TestCluster.shared().database(Template.MIGRATED);
        database = tables.open(TestCluster.shared().key());
        one = new ActivityPubStore(database.as(DatabaseRole.FEDIVERSE));
        other = new ActivityPubStore(database.as(DatabaseRole.FEDIVERSE));
    }

    @AfterAll
    static void close() {
        database.close();
        tables.close();
    }

    private static byte[] tag(int n) {
        return new byte[] {(byte) n, 1, 2, 3};
    }

    private static ActivityPubStore.SeenSignature seen(int signature) {
        return new ActivityPubStore.SeenSignature(tag(signature), NOON.plus(Duration.ofHours(3)));
    }

    private static boolean follow(String campaign, int who, String inbox, int signature) {
        var follower = new ActivityPubStore.Follower(campaign, tag(who), inbox);
        return one.follow(follower, inbox.replace("inbox", ""), seen(signature)) == FollowResult.STORED;
    }

    private static void say(String campaign, String body) {
        one.announce(to -> {
            to.enqueue(campaign, body);
            return body;
        });
    }

    @Test
    void aServerIsTakenOnByOneNodeUntilItsLeaseEnds() {
        assertThat(follow("lease", 1, "https://lease.example/inbox", 1)).isTrue();
        say("lease", "{}");

        assertThat(one.claim(NOON, LEASE, 9)).hasSize(1);
        assertThat(other.claim(NOON, LEASE, 9)).isEmpty();
        assertThat(other.claim(LEASE, LEASE.plusSeconds(600), 9))
                .as("the first has died")
                .hasSize(1);
        var waiting = other.waiting("https://lease.example/inbox", 9);
        assertThat(waiting).extracting(ActivityPubStore.WaitingActivity::body).containsExactly("{}");
        other.delivered("https://lease.example/inbox", waiting.getFirst().activity());
        other.release(new ActivityPubStore.DueServer("https://lease.example/inbox", 0), Instant.EPOCH);
        assertThat(one.claim(NOON, LEASE, 9)).isEmpty();
    }

    @Test
    void whoFollowsEndsAPauseAndNoDeliveryThatIsUnderWay() {
        var inbox = "https://pause.example/inbox";
        follow("pause", 61, inbox, 61);
        say("pause", "{}");
        assertThat(one.claim(NOON, LEASE, 9)).hasSize(1);

        follow("pause", 62, inbox, 62);
        assertThat(other.claim(NOON, LEASE, 9)).as("under way").isEmpty();

        one.release(new ActivityPubStore.DueServer(inbox, 3), LEASE.plus(Duration.ofHours(9)));
        assertThat(other.claim(NOON, LEASE, 9)).as("a pause").isEmpty();
        follow("pause", 63, inbox, 63);
        assertThat(other.claim(NOON, LEASE, 9)).containsExactly(new ActivityPubStore.DueServer(inbox, 0));
        one.forgetServer(inbox);
    }

    @Test
    void aFollowConcurrentWithTheLastUnfollowIsKept() throws Exception {
        var inbox = "https://race.example/inbox";
        follow("race", 71, inbox, 71);
        try (var hand = database.as(DatabaseRole.FEDIVERSE).open();
                var executor = Executors.newSingleThreadExecutor()) {
            hand.begin(); // like follow()
            hand.execute("UPDATE fediverse.server SET failures = 0 WHERE inbox = ?", inbox);
            hand.execute("INSERT INTO fediverse.follower VALUES ('race', ?, ?)", tag(72), inbox);
            var leaving = executor.submit(() -> one.unfollow("race", tag(71), seen(171)));
            awaitLock();
            hand.commit();
            leaving.get(1, TimeUnit.MINUTES);
        }

        say("race", "for who stayed");
        assertThat(one.waiting(inbox, 9))
                .extracting(ActivityPubStore.WaitingActivity::body)
                .containsExactly("for who stayed");
        one.forgetServer(inbox);
    }

    private static void awaitLock() throws Exception {
        try (var connection = tables.connect();
                var statement = connection.createStatement()) {
            for (var attempt = 0; attempt < 1200; attempt++) {
                try (var row = statement.executeQuery("SELECT 1 FROM pg_locks WHERE NOT granted")) {
                    if (row.next()) return;
                }
                Thread.sleep(50);
            }
        }
        throw new AssertionError("no transaction waits for a lock");
    }

    @Test
    void whoIsGoneIsForgottenInEveryCampaignAtOnce() {
        var inbox = "https://gone.example/inbox";
        follow("gone-a", 81, inbox, 81);
        follow("gone-b", 82, inbox, 82);
        follow("gone-b", 83, inbox, 83);

        one.unfollowEverywhere(Map.of("gone-a", tag(81), "gone-b", tag(82), "gone-c", tag(83)));

        say("gone-a", "a");
        say("gone-b", "b");
        assertThat(one.waiting(inbox, 9))
                .as("the third still follows")
                .extracting(ActivityPubStore.WaitingActivity::body)
                .containsExactly("b");
        one.unfollowEverywhere(Map.of("gone-b", tag(83)));
        assertThat(one.waiting(inbox, 9)).isEmpty();
    }

    @Test
    void aReplayedUndoDoesNotRemoveAReturnedFollower() {
        var inbox = "https://back.example/inbox";
        follow("back", 91, inbox, 91);
        one.unfollow("back", tag(91), seen(191));
        follow("back", 91, inbox, 92);

        one.unfollow("back", tag(91), seen(191));

        say("back", "{}");
        assertThat(one.waiting(inbox, 9)).hasSize(1);
        one.forgetServer(inbox);
    }

    @Test
    void deliveriesEndWhenTheLastFollowerOfAServerLeaves() {
        var inbox = "https://two.example/inbox";
        follow("two", 11, inbox, 11);
        follow("two", 12, inbox, 12);
        follow("elsewhere", 13, inbox, 13);
        say("two", "first");
        assertThat(one.waiting(inbox, 9)).as("one for the server").hasSize(1);

        one.unfollow("two", tag(11), seen(100 + 11));
        assertThat(one.waiting(inbox, 9)).hasSize(1);

        one.unfollow("two", tag(12), seen(100 + 12));
        assertThat(one.waiting(inbox, 9)).isEmpty();
        say("two", "second");
        assertThat(one.waiting(inbox, 9)).isEmpty();
        say("elsewhere", "third");
        assertThat(one.waiting(inbox, 9))
                .extracting(ActivityPubStore.WaitingActivity::body)
                .containsExactly("third");
        one.forgetServer(inbox);
        assertThat(one.waiting(inbox, 9)).isEmpty();
    }

    @Test
    void aReplayedFollowDoesNotRestoreAFollower() {
        var inbox = "https://replay.example/inbox";
        assertThat(follow("replay", 21, inbox, 21)).isTrue();
        assertThat(follow("replay", 21, inbox, 21))
                .as("sent again, still following")
                .isTrue();
        one.unfollow("replay", tag(21), seen(100 + 21));

        assertThat(follow("replay", 21, inbox, 21)).isFalse();
        say("replay", "{}");
        assertThat(one.waiting(inbox, 9)).isEmpty();
        assertThat(follow("replay", 21, inbox, 22)).as("a new request").isTrue();
    }

    @Test
    void whatIsToldIsRememberedAndWhatIsDoneIsForgotten() {
        var announced = new ActivityPubStore.AnnouncedObject(tag(31), NOON, NOON.plusSeconds(1), false);
        one.announce(to -> {
            to.putAnnounced("said", "updates/1", announced);
            return announced;
        });

        var known = other.announcedObjects("said", "updates/1").orElseThrow();
        assertThat(known.published()).isEqualTo(NOON);
        assertThat(known.updated()).isEqualTo(NOON.plusSeconds(1));
        assertThat(other.announcedObjects("said")).containsOnlyKeys("updates/1");

        follow("old", 32, "https://old.example/inbox", 32);
        one.deleteExpired(NOON.plus(Duration.ofHours(4)));
        one.unfollow("old", tag(32), seen(100 + 32));
        assertThat(follow("old", 32, "https://old.example/inbox", 32))
                .as("its date is too old by now")
                .isTrue();
    }

    @Test
    void aServerThatNamesOneInboxAfterAnotherIsNotFollowed() {
        for (var i = 0; i < 8; i++) {
            var inbox = new ActivityPubStore.Follower("many", tag(40 + i), "https://many.example/" + i);
            assertThat(one.follow(inbox, "https://many.example/", seen(40 + i))).isEqualTo(FollowResult.STORED);
        }
        var ninth = new ActivityPubStore.Follower("many", tag(50), "https://many.example/9");
        assertThat(one.follow(ninth, "https://many.example/", seen(50))).isEqualTo(FollowResult.TOO_MANY_INBOXES);
    }

    @Test
    void pausesGrowToHalfADay() {
        assertThat(DeliveryWorker.pause(1)).isEqualTo(Duration.ofMinutes(1));
        assertThat(DeliveryWorker.pause(4)).isEqualTo(Duration.ofMinutes(8));
        assertThat(DeliveryWorker.pause(11)).isEqualTo(Duration.ofHours(12));
    }
}
