package org.undersigned.server.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.undersigned.record.Manifest;
import org.undersigned.server.count.box.Publisher;
import org.undersigned.server.count.lifecycle.BoxProvisioner;
import org.undersigned.server.support.TestInstance;
import org.undersigned.tlog.Merkle;

/// What a batch holds back (PROTOCOL §6): somebody who knows nine entries of ten cannot name the tenth. The leaves are
/// put straight into the table, because only their order matters here.
final class HeldBackTest {
    private static final int PLAYS = 100;
    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

    @RegisterExtension
    static final TestInstance instance =
            TestInstance.ofDemonstration().publishing(new Manifest.Publish(10, 10, 0, 86_400));

    private static final Random RANDOM = new Random(20261130);

    /// Nine people who know their own entries cast them right after somebody whose entry they want to know.
    /// They look at the next batch and name one of the entries that are not theirs.
    @Test
    void whoKnowsNineEntriesNamesTheTenthNearlyNever() throws Exception {
        var hits = 0;
        var known = new HashSet<String>();
        cast(10);
        for (var play = 0; play < PLAYS; play++) {
            cast(10); // other people, of whom some stay
            var before = size();
            var all = cast(10);
            var victim = all.getFirst();
            known.addAll(all.subList(1, all.size()));

            var others = published(before);
            assertThat(others).hasSize(10);
            others.removeAll(known);
            if (!others.isEmpty() && others.get(RANDOM.nextInt(others.size())).equals(victim)) hits++;
        }
        // without anything held back it would be all; about eight strangers wait, and half of them are published: 1 in
        // 8
        assertThat(hits).isLessThan(30);
    }

    @Test
    void theFirstBatchWaitsForTwiceAsMany() throws Exception {
        flush();
        var before = size();
        cast(19);
        assertThat(published(before)).isEmpty();
        cast(1);
        assertThat(published(before)).hasSize(10);
        assertThat(published(before)).hasSize(10); // the others wait for more
    }

    @Test
    void aPromiseThatRunsOutPublishesAll() throws Exception {
        flush();
        var before = size();
        cast(3);
        flush();
        assertThat(published(before)).hasSize(3);
    }

    @Test
    void anInstanceForRealUseHoldsBack() {
        assertThat(BoxProvisioner.BATCHES.holdBack()).isGreaterThanOrEqualTo(BoxProvisioner.BATCHES.minBatch());
    }

    private static Connection connection;
    private static Connection asBox;
    private static Publisher publisher;

    /// A publisher that does not vacuum after each of hundreds of batches, beside the instance's own.
    @BeforeAll
    static void connect() throws Exception {
        connection = instance.database();
        asBox = instance.databaseAs("box");
        publisher = new Publisher(Jdbi.create(asBox), instance.register(), Clock.systemUTC(), () -> {});
    }

    @AfterAll
    static void disconnect() throws SQLException {
        connection.close();
        asBox.close();
    }

    /// Lets the promises of all waiting leaves run out.
    private static void flush() throws Exception {
        try (var statement = connection.createStatement()) {
            statement.execute("UPDATE box.leaf SET publish_by = now() WHERE index IS NULL");
        }
        publisher.publishWaiting();
    }

    /// Stores `count` entries in one transaction, and publishes what is due. Returns their hashes.
    private static List<String> cast(int count) throws Exception {
        var hashes = new ArrayList<String>();
        connection.setAutoCommit(false);
        try (var insert = connection.prepareStatement("""
                INSERT INTO box.leaf (box, kind, nonce, leaf_hash, leaf, class, affiliation, publish_by)
                VALUES (?, 1, ?, ?, ?, 'member', 0, ?)""")) {
            for (var i = 0; i < count; i++) hashes.add(add(insert));
        }
        connection.commit();
        connection.setAutoCommit(true);
        publisher.publishWaiting();
        return hashes;
    }

    private static String add(java.sql.PreparedStatement insert) throws SQLException {
        var leaf = new byte[484];
        RANDOM.nextBytes(leaf);
        var nonce = new byte[32];
        RANDOM.nextBytes(nonce);
        var hash = Merkle.leaf(leaf).bytes();
        insert.setString(1, instance.box().box().value());
        insert.setBytes(2, nonce);
        insert.setBytes(3, hash);
        insert.setBytes(4, leaf);
        insert.setTimestamp(5, Timestamp.from(LATER.minus(Duration.ofHours(1))));
        insert.executeUpdate();
        return HexFormat.of().formatHex(hash);
    }

    private static int size() {
        return Integer.parseInt(instance.query("SELECT size FROM box.box WHERE box = '" + box() + "'")
                .getFirst());
    }

    private static List<String> published(int from) {
        return new ArrayList<>(instance.query(
                "SELECT encode(leaf_hash, 'hex') FROM box.leaf WHERE box = '" + box() + "' AND index >= " + from));
    }

    private static String box() {
        return instance.box().box().value();
    }
}
