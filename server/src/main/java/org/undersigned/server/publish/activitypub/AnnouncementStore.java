package org.undersigned.server.publish.activitypub;

import java.util.Map;
import org.jdbi.v3.core.Handle;

/// One transaction that says something, while no other node does.
final class AnnouncementStore {
    private final Handle transaction;

    AnnouncementStore(Handle transaction) {
        this.transaction = transaction;
    }

    Map<String, FediverseStore.Said> said(String campaign) {
        return FediverseStore.said(transaction, campaign);
    }

    void remember(String campaign, String object, FediverseStore.Said said) {
        transaction
                .createUpdate("""
                        INSERT INTO fediverse.said (campaign, object, hash, published, updated, gone)
                        VALUES (:campaign, :object, :hash, :published, :updated, :gone)
                        ON CONFLICT (campaign, object) DO UPDATE
                        SET hash = :hash, published = :published, updated = :updated, gone = :gone
                        """)
                .bind("campaign", campaign)
                .bind("object", object)
                .bind("hash", said.hash())
                .bind("published", FediverseStore.at(said.published()))
                .bind("updated", FediverseStore.at(said.updated()))
                .bind("gone", said.gone())
                .execute();
    }

    /// Puts an activity on its way to every server where the campaign is followed.
    void send(String campaign, String body) {
        transaction
                .createUpdate("""
                        WITH inboxes AS (SELECT DISTINCT inbox FROM fediverse.follower WHERE campaign = :campaign),
                        said AS (
                            INSERT INTO fediverse.activity (campaign, body)
                            SELECT :campaign, :body WHERE EXISTS (SELECT 1 FROM inboxes) RETURNING id)
                        INSERT INTO fediverse.delivery (inbox, activity) SELECT inbox, id FROM inboxes, said
                        """)
                .bind("campaign", campaign)
                .bind("body", body)
                .execute();
    }
}
