package org.undersigned.server.publish.activitypub;

import java.util.Map;
import org.jdbi.v3.core.Handle;

/// Writes announcements in one transaction, while no other node announces.
final class AnnouncementStore {
    private final Handle transaction;

    AnnouncementStore(Handle transaction) {
        this.transaction = transaction;
    }

    Map<String, ActivityPubStore.AnnouncedObject> announcedObjects(String campaign) {
        return ActivityPubStore.announcedObjects(transaction, campaign);
    }

    void putAnnounced(String campaign, String object, ActivityPubStore.AnnouncedObject announced) {
        transaction
                .createUpdate("""
                        INSERT INTO fediverse.announced (campaign, object, hash, published, updated, gone)
                        VALUES (:campaign, :object, :hash, :published, :updated, :gone)
                        ON CONFLICT (campaign, object) DO UPDATE
                        SET hash = :hash, published = :published, updated = :updated, gone = :gone
                        """)
                .bind("campaign", campaign)
                .bind("object", object)
                .bind("hash", announced.hash())
                .bind("published", ActivityPubStore.at(announced.published()))
                .bind("updated", ActivityPubStore.at(announced.updated()))
                .bind("gone", announced.gone())
                .execute();
    }

    /// Queues an activity for every server with followers of the campaign.
    void enqueue(String campaign, String body) {
        transaction
                .createUpdate("""
                        WITH inboxes AS (SELECT DISTINCT inbox FROM fediverse.follower WHERE campaign = :campaign),
                        queued AS (
                            INSERT INTO fediverse.activity (campaign, body)
                            SELECT :campaign, :body WHERE EXISTS (SELECT 1 FROM inboxes) RETURNING id)
                        INSERT INTO fediverse.delivery (inbox, activity) SELECT inbox, id FROM inboxes, queued
                        """)
                .bind("campaign", campaign)
                .bind("body", body)
                .execute();
    }
}
