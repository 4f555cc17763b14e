package org.undersigned.server.publish.activitypub;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Stores the actors' sealed keys, the followers (each as a keyed tag and the inbox of its server), the objects
/// that were announced, and the deliveries.
final class ActivityPubStore {
    /// Maximum number of inboxes of one server. Most servers have one.
    private static final int MOST_INBOXES = 8;

    private final Jdbi jdbi;

    ActivityPubStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    record SealedKeys(byte[] privateKeySealed, byte[] publicKey, byte[] tagKeySealed) {}

    Optional<SealedKeys> keys(String slug) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT private_key_sealed, public_key, tag_key_sealed FROM fediverse.actor WHERE slug = :slug")
                .bind("slug", slug)
                .map((row, _) -> new SealedKeys(row.getBytes(1), row.getBytes(2), row.getBytes(3)))
                .findOne());
    }

    /// Stores an actor's keys unless the actor has keys already: another node may have stored some first.
    void putKeysIfAbsent(String slug, SealedKeys keys) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO fediverse.actor (slug, private_key_sealed, public_key, tag_key_sealed)
                        VALUES (:slug, :private, :public, :tag) ON CONFLICT DO NOTHING
                        """)
                .bind("slug", slug)
                .bind("private", keys.privateKeySealed())
                .bind("public", keys.publicKey())
                .bind("tag", keys.tagKeySealed())
                .execute());
    }

    /// A follower, as the inbox of its server and its keyed tag.
    record Follower(String campaign, byte[] tag, String inbox) {}

    /// Result of a request to follow.
    enum FollowResult {
        STORED,
        /// The same request was processed before, and the follower has left since.
        REPLAYED,
        /// The server uses too many different inboxes.
        TOO_MANY_INBOXES
    }

    /// Stores a follower, at most once. The follower is durable when this method returns.
    ///
    /// @param origin of its inbox, as `https://a.example/`
    FollowResult follow(Follower follower, String origin, SeenSignature seen) {
        return jdbi.inTransaction(transaction -> {
            if (!rememberSignature(transaction, seen))
                return isKnown(transaction, follower) ? FollowResult.STORED : FollowResult.REPLAYED;
            if (countOtherInboxes(transaction, origin, follower.inbox()) >= MOST_INBOXES)
                return FollowResult.TOO_MANY_INBOXES;
            transaction.createUpdate("""
                            INSERT INTO fediverse.server (inbox) VALUES (:inbox)
                            ON CONFLICT (inbox) DO UPDATE SET failures = 0, due = 'epoch'
                            """).bind("inbox", follower.inbox()).execute();
            transaction
                    .createUpdate("""
                            INSERT INTO fediverse.follower (campaign, tag, inbox) VALUES (:campaign, :tag, :inbox)
                            ON CONFLICT (campaign, tag) DO UPDATE SET inbox = :inbox
                            """)
                    .bind("campaign", follower.campaign())
                    .bind("tag", follower.tag())
                    .bind("inbox", follower.inbox())
                    .execute();
            return FollowResult.STORED;
        });
    }

    private static int countOtherInboxes(Handle transaction, String origin, String inbox) {
        return transaction
                .createQuery("""
                        SELECT count(*) FROM fediverse.server WHERE starts_with(inbox, :origin) AND inbox <> :inbox
                        """)
                .bind("origin", origin)
                .bind("inbox", inbox)
                .mapTo(Integer.class)
                .one();
    }

    private static boolean isKnown(Handle transaction, Follower follower) {
        return transaction
                .createQuery("SELECT 1 FROM fediverse.follower WHERE campaign = :campaign AND tag = :tag")
                .bind("campaign", follower.campaign())
                .bind("tag", follower.tag())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /// A signature that a request uses now. It is stored until `expires`, so that the request cannot be replayed.
    record SeenSignature(byte[] hash, Instant expires) {}

    private static boolean rememberSignature(Handle transaction, SeenSignature seen) {
        return transaction
                        .createUpdate("""
                                INSERT INTO fediverse.seen (signature_hash, expires) VALUES (:hash, :expires)
                                ON CONFLICT DO NOTHING
                                """)
                        .bind("hash", seen.hash())
                        .bind("expires", at(seen.expires()))
                        .execute()
                == 1;
    }

    /// Deletes a follower, and its server if no other follower on that server is left. Does nothing if there is no
    /// such follower, or if the same request was processed before.
    void unfollow(String campaign, byte[] tag, SeenSignature seen) {
        removeFollowers(Map.of(campaign, tag), seen);
    }

    /// Deletes an actor's follows in all campaigns. Most deleted actors never followed a campaign.
    ///
    /// @param tags the actor's tag by campaign
    void unfollowEverywhere(Map<String, byte[]> tags) {
        removeFollowers(tags, null);
    }

    private void removeFollowers(Map<String, byte[]> tags, @Nullable SeenSignature seen) {
        for (var follower : followers(tags)) {
            jdbi.useTransaction(transaction -> {
                // A concurrent follow() from the same server holds this row. After the wait, the statements below
                // see the new follower.
                transaction.execute("SELECT 1 FROM fediverse.server WHERE inbox = ? FOR UPDATE", follower.inbox());
                if (seen == null || rememberSignature(transaction, seen)) remove(transaction, follower);
            });
        }
    }

    private List<Follower> followers(Map<String, byte[]> tags) {
        var campaigns = List.copyOf(tags.keySet());
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT f.campaign, f.tag, f.inbox
                        FROM unnest(:campaigns, :tags) AS asked (campaign, tag)
                        JOIN fediverse.follower f ON f.campaign = asked.campaign AND f.tag = decode(asked.tag, 'hex')
                        """)
                .bindArray("campaigns", String.class, campaigns)
                .bindArray(
                        "tags",
                        String.class,
                        campaigns.stream()
                                .map(one -> HexFormat.of().formatHex(tags.get(one)))
                                .toList())
                .map((row, _) -> new Follower(row.getString(1), row.getBytes(2), row.getString(3)))
                .list());
    }

    /// Deletes a follower; its server, if no follower there is left; and deliveries of campaigns that no follower
    /// there follows.
    private static void remove(Handle transaction, Follower follower) {
        transaction.execute(
                "DELETE FROM fediverse.follower WHERE campaign = ? AND tag = ?", follower.campaign(), follower.tag());
        transaction.execute("""
                DELETE FROM fediverse.server s
                WHERE inbox = ? AND NOT EXISTS (SELECT 1 FROM fediverse.follower f WHERE f.inbox = s.inbox)
                """, follower.inbox());
        transaction.execute("""
                DELETE FROM fediverse.delivery d USING fediverse.activity a
                WHERE d.inbox = ? AND a.id = d.activity AND NOT EXISTS (
                    SELECT 1 FROM fediverse.follower f WHERE f.inbox = d.inbox AND f.campaign = a.campaign)
                """, follower.inbox());
    }

    /// @param hash SHA-256 of its JSON without `published` and `updated`
    record AnnouncedObject(byte[] hash, Instant published, Instant updated, boolean gone) {}

    /// Returns what was announced, by object. All of it is public.
    Map<String, AnnouncedObject> announcedObjects(String campaign) {
        return jdbi.withHandle(handle -> announcedObjects(handle, campaign));
    }

    static Map<String, AnnouncedObject> announcedObjects(Handle handle, String campaign) {
        var said = new HashMap<String, AnnouncedObject>();
        handle.createQuery(
                        "SELECT hash, published, updated, gone, object FROM fediverse.announced WHERE campaign = :it")
                .bind("it", campaign)
                .map((row, _) -> Map.entry(row.getString("object"), announcedObjects(row)))
                .forEach(one -> said.put(one.getKey(), one.getValue()));
        return said;
    }

    /// Returns what was announced of one object; empty if the object was never announced.
    Optional<AnnouncedObject> announcedObjects(String campaign, String object) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT hash, published, updated, gone FROM fediverse.announced
                        WHERE campaign = :campaign AND object = :object
                        """)
                .bind("campaign", campaign)
                .bind("object", object)
                .map((row, _) -> announcedObjects(row))
                .findOne());
    }

    private static AnnouncedObject announcedObjects(ResultSet row) throws SQLException {
        return new AnnouncedObject(
                row.getBytes("hash"),
                row.getTimestamp("published").toInstant(),
                row.getTimestamp("updated").toInstant(),
                row.getBoolean("gone"));
    }

    /// Runs `work` in one transaction, while no other node announces.
    ///
    /// @return the result of `work`, once it is durable
    <T> T announce(Function<AnnouncementStore, T> work) {
        return jdbi.inTransaction(transaction -> {
            transaction.execute("SELECT pg_advisory_xact_lock(hashtext('undersigned/fediverse'))");
            return work.apply(new AnnouncementStore(transaction));
        });
    }

    /// A server with activities to deliver.
    record DueServer(String inbox, int failures) {}

    /// Claims servers with activities due now. No other node gets these servers until `lease`: if this node
    /// crashes, another node starts again then.
    List<DueServer> claim(Instant now, Instant lease, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        UPDATE fediverse.server SET lease = :lease WHERE inbox IN (
                            SELECT inbox FROM fediverse.server s
                            WHERE due <= :now AND lease <= :now AND EXISTS (SELECT 1 FROM fediverse.delivery d WHERE d.inbox = s.inbox)
                            ORDER BY due LIMIT :most FOR UPDATE SKIP LOCKED)
                        RETURNING inbox, failures
                        """)
                .bind("now", at(now))
                .bind("lease", at(lease))
                .bind("most", most)
                .map((row, _) -> new DueServer(row.getString(1), row.getInt(2)))
                .list());
    }

    /// An activity to deliver.
    record WaitingActivity(long activity, String campaign, String body) {}

    /// Returns activities in the order in which they were announced.
    List<WaitingActivity> waiting(String inbox, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT a.id, a.campaign, a.body
                        FROM fediverse.delivery d JOIN fediverse.activity a ON a.id = d.activity
                        WHERE d.inbox = :inbox ORDER BY a.id LIMIT :most
                        """)
                .bind("inbox", inbox)
                .bind("most", most)
                .map((row, _) -> new WaitingActivity(row.getLong(1), row.getString(2), row.getString(3)))
                .list());
    }

    void delivered(String inbox, long activity) {
        jdbi.useHandle(handle -> {
            handle.createUpdate("DELETE FROM fediverse.delivery WHERE inbox = :inbox AND activity = :activity")
                    .bind("inbox", inbox)
                    .bind("activity", activity)
                    .execute();
        });
    }

    /// Ends this node's claim on a server.
    ///
    /// @param due when the next delivery may be tried
    void release(DueServer server, Instant due) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        UPDATE fediverse.server SET failures = :failures, due = :due, lease = 'epoch'
                        WHERE inbox = :inbox
                        """)
                .bind("failures", server.failures())
                .bind("due", at(due))
                .bind("inbox", server.inbox())
                .execute());
    }

    /// Deletes a server, its followers and its waiting deliveries.
    void forgetServer(String inbox) {
        jdbi.useHandle(handle -> handle.createUpdate("DELETE FROM fediverse.server WHERE inbox = :inbox")
                .bind("inbox", inbox)
                .execute());
    }

    /// Deletes activities that are delivered everywhere, and signatures that are too old to be accepted again.
    void deleteExpired(Instant now) {
        jdbi.useHandle(handle -> {
            handle.createUpdate("DELETE FROM fediverse.seen WHERE expires <= :now")
                    .bind("now", at(now))
                    .execute();
            handle.createUpdate("""
                            DELETE FROM fediverse.activity a
                            WHERE NOT EXISTS (SELECT 1 FROM fediverse.delivery d WHERE d.activity = a.id)
                            """).execute();
        });
    }

    static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
