package org.undersigned.server.publish.activitypub;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.tlog.Hash;
import tools.jackson.databind.node.ObjectNode;

/// Announces changes to followers: compares the campaign with what was announced before and queues one activity for
/// each difference. The comparison and the queueing are one transaction, which excludes all other nodes, and the
/// campaigns are read inside it. So nothing is announced twice, and a node with an older document does not revert
/// what another node has announced. After a crash, the next run does all of it.
///
/// The JSON text is compared, so a release with other wording is announced as an update, once.
final class Announcer {
    /// The object id under which an actor's own document is stored. No other object has an empty id.
    private static final String ACTOR = "";

    private static final int SUFFIX = 12;

    private final ActivityPubStore store;
    private final CampaignStore campaigns;
    private final CampaignObjects objects;
    private final ActivityStreams activityStreams;
    private final ActorKeys actors;
    private List<CampaignStore.StoredCampaign> done = List.of();

    Announcer(
            ActivityPubStore store,
            CampaignStore campaigns,
            CampaignObjects objects,
            ActivityStreams activityStreams,
            ActorKeys actors) {
        this.store = store;
        this.campaigns = campaigns;
        this.objects = objects;
        this.activityStreams = activityStreams;
        this.actors = actors;
    }

    synchronized void announceChanges() {
        var before = campaigns.all();
        if (before.equals(done)) return;
        before.forEach(stored -> actors.of(stored.campaign().slug())); // creates keys, outside the transaction
        done = store.announce(announcement -> {
            var all = campaigns.all();
            all.forEach(stored -> announce(announcement, stored));
            return all;
        });
    }

    private void announce(AnnouncementStore to, CampaignStore.StoredCampaign stored) {
        var slug = stored.campaign().slug();
        var known = to.announcedObjects(slug);
        var now = objects.of(stored.campaign());
        now.values().forEach(outgoing -> announceObject(to, stored, outgoing, known.get(outgoing.object())));
        known.forEach((object, announced) -> {
            if (!announced.gone() && !object.equals(ACTOR) && !now.containsKey(object))
                withdraw(to, stored, object, announced);
        });
        announceActor(to, stored, known.get(ACTOR));
    }

    private void announceObject(
            AnnouncementStore to,
            CampaignStore.StoredCampaign stored,
            OutgoingObject outgoing,
            ActivityPubStore.@Nullable AnnouncedObject known) {
        var slug = stored.campaign().slug();
        var told = announcedAs(stored, outgoing, known);
        if (told == known) return;
        to.putAnnounced(slug, outgoing.object(), told);
        var json = ActivityStreams.dated(outgoing, told.published(), told.updated());
        send(
                to,
                slug,
                known == null || known.gone()
                        ? activityStreams.activity(
                                "Create", slug, json, ActivityStreams.suffix("create", told.published()))
                        : activityStreams.activity("Update", slug, json, updateSuffix(stored, told.hash())));
    }

    /// Returns what is stored of an object after its next announcement, which takes seconds.
    ///
    /// @return `known` itself if the object is unchanged
    static ActivityPubStore.AnnouncedObject announcedAs(
            CampaignStore.StoredCampaign stored,
            OutgoingObject outgoing,
            ActivityPubStore.@Nullable AnnouncedObject known) {
        var hash = hash(outgoing.json());
        if (known == null || known.gone())
            return new ActivityPubStore.AnnouncedObject(hash, stored.changed(), stored.changed(), false);
        if (Arrays.equals(known.hash(), hash)) return known;
        return new ActivityPubStore.AnnouncedObject(hash, known.published(), stored.changed(), false);
    }

    private void withdraw(
            AnnouncementStore to,
            CampaignStore.StoredCampaign stored,
            String object,
            ActivityPubStore.AnnouncedObject known) {
        var slug = stored.campaign().slug();
        var announced = new ActivityPubStore.AnnouncedObject(known.hash(), known.published(), stored.changed(), true);
        to.putAnnounced(slug, object, announced);
        send(
                to,
                slug,
                activityStreams.activity(
                        "Delete",
                        slug,
                        activityStreams.tombstone(slug, object, stored.changed()),
                        ActivityStreams.suffix("delete", stored.changed())));
    }

    /// Announces changes of an actor. Followers get no `Create` for an actor, only an `Update`.
    private void announceActor(
            AnnouncementStore to,
            CampaignStore.StoredCampaign stored,
            ActivityPubStore.@Nullable AnnouncedObject known) {
        var slug = stored.campaign().slug();
        var json = activityStreams.actor(stored.campaign(), actors.of(slug).publicKey());
        var hash = hash(json);
        if (known != null && Arrays.equals(known.hash(), hash)) return;
        to.putAnnounced(
                slug, ACTOR, new ActivityPubStore.AnnouncedObject(hash, stored.changed(), stored.changed(), false));
        if (known != null) send(to, slug, activityStreams.activity("Update", slug, json, updateSuffix(stored, hash)));
    }

    private static void send(AnnouncementStore to, String slug, ObjectNode activity) {
        to.enqueue(slug, BoundedJson.text(ActivityStreams.withContext(activity)));
    }

    private static byte[] hash(ObjectNode json) {
        return Hash.sha256(BoundedJson.text(json).getBytes(StandardCharsets.UTF_8))
                .bytes();
    }

    /// The hash is part of the id, so a release with other wording of the same document is another update.
    private static String updateSuffix(CampaignStore.StoredCampaign stored, byte[] hash) {
        return ActivityStreams.suffix("update", stored.changed()) + "-"
                + HexFormat.of().formatHex(hash).substring(0, SUFFIX);
    }
}
