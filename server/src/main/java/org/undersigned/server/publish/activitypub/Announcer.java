package org.undersigned.server.publish.activitypub;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.tlog.Hash;
import tools.jackson.databind.node.ObjectNode;

/// Tells followers what has changed: compares what a campaign says now with what was announced, and puts one activity
/// on its way for each difference. Comparing and sending are one transaction that no other node is in, and the
/// campaigns are read inside it: nothing is told twice, and no node with an older document takes back what another has
/// told. A crash leaves all of it for the next turn.
///
/// Everything is compared as it is written, so a release with other wording is told as an update, once.
final class Announcer {
    /// Under which an actor's own document is remembered; no saying's object is empty.
    private static final String ACTOR = "";

    private static final int SUFFIX = 12;

    private final FediverseStore store;
    private final CampaignStore campaigns;
    private final Sayings sayings;
    private final Documents documents;
    private final Actors actors;
    private List<CampaignStore.Kept> done = List.of();

    Announcer(FediverseStore store, CampaignStore campaigns, Sayings sayings, Documents documents, Actors actors) {
        this.store = store;
        this.campaigns = campaigns;
        this.sayings = sayings;
        this.documents = documents;
        this.actors = actors;
    }

    synchronized void turn() {
        var before = campaigns.all();
        if (before.equals(done)) return;
        before.forEach(kept -> actors.of(kept.campaign().slug())); // makes keys, outside the transaction
        done = store.announce(announcement -> {
            var all = campaigns.all();
            all.forEach(kept -> announce(announcement, kept));
            return all;
        });
    }

    private void announce(AnnouncementStore to, CampaignStore.Kept kept) {
        var slug = kept.campaign().slug();
        var known = to.said(slug);
        var now = sayings.of(kept.campaign());
        now.values().forEach(said -> tell(to, kept, said, known.get(said.object())));
        known.forEach((object, said) -> {
            if (!said.gone() && !object.equals(ACTOR) && !now.containsKey(object)) withdraw(to, kept, object, said);
        });
        introduce(to, kept, known.get(ACTOR));
    }

    private void tell(AnnouncementStore to, CampaignStore.Kept kept, Said said, FediverseStore.@Nullable Said known) {
        var slug = kept.campaign().slug();
        var told = told(kept, said, known);
        if (told == known) return;
        to.remember(slug, said.object(), told);
        var json = Documents.dated(said, told.published(), told.updated());
        send(
                to,
                slug,
                known == null || known.gone()
                        ? documents.activity("Create", slug, json, Documents.suffix("create", told.published()))
                        : documents.activity("Update", slug, json, update(kept, told.hash())));
    }

    /// What is known of something once a turn has told it, which takes seconds.
    ///
    /// @return `known` itself if it says the same
    static FediverseStore.Said told(CampaignStore.Kept kept, Said said, FediverseStore.@Nullable Said known) {
        var hash = hash(said.json());
        if (known == null || known.gone()) return new FediverseStore.Said(hash, kept.changed(), kept.changed(), false);
        if (Arrays.equals(known.hash(), hash)) return known;
        return new FediverseStore.Said(hash, known.published(), kept.changed(), false);
    }

    private void withdraw(AnnouncementStore to, CampaignStore.Kept kept, String object, FediverseStore.Said known) {
        var slug = kept.campaign().slug();
        var said = new FediverseStore.Said(known.hash(), known.published(), kept.changed(), true);
        to.remember(slug, object, said);
        send(
                to,
                slug,
                documents.activity(
                        "Delete",
                        slug,
                        documents.tombstone(slug, object, kept.changed()),
                        Documents.suffix("delete", kept.changed())));
    }

    /// An actor is not created for its followers, but they hear when it changes.
    private void introduce(AnnouncementStore to, CampaignStore.Kept kept, FediverseStore.@Nullable Said known) {
        var slug = kept.campaign().slug();
        var json = documents.actor(kept.campaign(), actors.of(slug).publicKey());
        var hash = hash(json);
        if (known != null && Arrays.equals(known.hash(), hash)) return;
        to.remember(slug, ACTOR, new FediverseStore.Said(hash, kept.changed(), kept.changed(), false));
        if (known != null) send(to, slug, documents.activity("Update", slug, json, update(kept, hash)));
    }

    private static void send(AnnouncementStore to, String slug, ObjectNode activity) {
        to.send(slug, Json.text(Documents.withContext(activity)));
    }

    private static byte[] hash(ObjectNode json) {
        return Hash.sha256(Json.text(json).getBytes(StandardCharsets.UTF_8)).bytes();
    }

    /// A release's other wording of the same document is another update.
    private static String update(CampaignStore.Kept kept, byte[] hash) {
        return Documents.suffix("update", kept.changed()) + "-"
                + HexFormat.of().formatHex(hash).substring(0, SUFFIX);
    }
}
