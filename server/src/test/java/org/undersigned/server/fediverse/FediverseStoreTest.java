package org.undersigned.server.fediverse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.undersigned.server.crypto.MasterKey;
import org.undersigned.server.db.Database;
import org.undersigned.server.db.PrivatePostgres;
import org.undersigned.server.db.Role;

/// What the database promises: nothing goes out twice from two nodes, the last of a server to leave ends its mail,
/// and nothing that came before comes again.
@SuppressWarnings("NullAway.Init") // by BeforeAll
final class FediverseStoreTest {
    private static final Instant NOON = Instant.parse("2040-06-01T12:00:00Z");
    private static final Instant LEASE = NOON.plus(Duration.ofMinutes(10));

    @TempDir
    private static Path directory;

    private static PrivatePostgres postgres;
    private static Database database;
    private static FediverseStore one;
    private static FediverseStore other;

    @BeforeAll
    static void open() throws Exception {
        postgres = PrivatePostgres.start(directory.resolve("postgresql"), "password");
        var key = MasterKey.at(directory.resolve("master.key"), new SecureRandom());
        database = Database.open(postgres.url(), "postgres", "password", key);
        one = new FediverseStore(database.as(Role.FEDIVERSE));
        other = new FediverseStore(database.as(Role.FEDIVERSE));
    }

    @AfterAll
    static void close() {
        database.close();
        postgres.close();
    }

    private static byte[] tag(int n) {
        return new byte[] {(byte) n, 1, 2, 3};
    }

    private static boolean follow(String campaign, int who, String inbox, int signature) {
        var seen = new FediverseStore.Seen(tag(signature), NOON.plus(Duration.ofHours(3)));
        return one.follow(new FediverseStore.Follower(campaign, tag(who), inbox), inbox.replace("inbox", ""), seen);
    }

    @Test
    void aServerIsTakenOnByOneNodeUntilItsLeaseEnds() {
        assertThat(follow("lease", 1, "https://lease.example/inbox", 1)).isTrue();
        one.announce(to -> to.send("lease", "{}"));

        assertThat(one.claim(NOON, LEASE, 9)).hasSize(1);
        assertThat(other.claim(NOON, LEASE, 9)).isEmpty();
        assertThat(other.claim(LEASE, LEASE.plusSeconds(600), 9))
                .as("the first has died")
                .hasSize(1);
        var waiting = other.waiting("https://lease.example/inbox", 9);
        assertThat(waiting).extracting(FediverseStore.Waiting::body).containsExactly("{}");
        other.delivered("https://lease.example/inbox", waiting.getFirst().activity());
        other.release(new FediverseStore.Due("https://lease.example/inbox", 0), Instant.EPOCH);
        assertThat(one.claim(NOON, LEASE, 9)).isEmpty();
    }

    @Test
    void theLastOfAServerToLeaveEndsItsMail() {
        var inbox = "https://two.example/inbox";
        follow("two", 11, inbox, 11);
        follow("two", 12, inbox, 12);
        follow("elsewhere", 13, inbox, 13);
        one.announce(to -> to.send("two", "first"));
        assertThat(one.waiting(inbox, 9)).as("one for the server").hasSize(1);

        one.unfollow("two", tag(11));
        assertThat(one.waiting(inbox, 9)).hasSize(1);

        one.unfollow("two", tag(12));
        assertThat(one.waiting(inbox, 9)).isEmpty();
        one.announce(to -> to.send("two", "second"));
        assertThat(one.waiting(inbox, 9)).isEmpty();
        one.announce(to -> to.send("elsewhere", "third"));
        assertThat(one.waiting(inbox, 9))
                .extracting(FediverseStore.Waiting::body)
                .containsExactly("third");
        one.forget(inbox);
        assertThat(one.waiting(inbox, 9)).isEmpty();
    }

    @Test
    void theSameRequestDoesNotBringBackWhoLeft() {
        var inbox = "https://replay.example/inbox";
        assertThat(follow("replay", 21, inbox, 21)).isTrue();
        assertThat(follow("replay", 21, inbox, 21))
                .as("sent again, still following")
                .isTrue();
        one.unfollow("replay", tag(21));

        assertThat(follow("replay", 21, inbox, 21)).isFalse();
        one.announce(to -> to.send("replay", "{}"));
        assertThat(one.waiting(inbox, 9)).isEmpty();
        assertThat(follow("replay", 21, inbox, 22)).as("a new request").isTrue();
    }

    @Test
    void whatIsToldIsRememberedAndWhatIsDoneIsForgotten() {
        var said = new FediverseStore.Said(tag(31), NOON, NOON.plusSeconds(1), false);
        one.announce(to -> to.remember("said", "updates/1", said));

        var known = other.said("said", "updates/1").orElseThrow();
        assertThat(known.published()).isEqualTo(NOON);
        assertThat(known.updated()).isEqualTo(NOON.plusSeconds(1));
        assertThat(other.said("said")).containsOnlyKeys("updates/1");

        follow("old", 32, "https://old.example/inbox", 32);
        one.tidy(NOON.plus(Duration.ofHours(4)));
        one.unfollow("old", tag(32));
        assertThat(follow("old", 32, "https://old.example/inbox", 32))
                .as("its date is too old by now")
                .isTrue();
    }

    @Test
    void aServerThatNamesOneInboxAfterAnotherIsNotFollowed() {
        for (var i = 0; i < 8; i++) {
            var inbox = new FediverseStore.Follower("many", tag(40 + i), "https://many.example/" + i);
            var seen = new FediverseStore.Seen(tag(40 + i), NOON);
            assertThat(one.follow(inbox, "https://many.example/", seen)).isTrue();
        }
        var ninth = new FediverseStore.Follower("many", tag(50), "https://many.example/9");
        assertThat(one.follow(ninth, "https://many.example/", new FediverseStore.Seen(tag(50), NOON)))
                .isFalse();
    }

    @Test
    void pausesGrowToHalfADay() {
        assertThat(Courier.pause(1)).isEqualTo(Duration.ofMinutes(1));
        assertThat(Courier.pause(4)).isEqualTo(Duration.ofMinutes(8));
        assertThat(Courier.pause(11)).isEqualTo(Duration.ofHours(12));
    }
}
