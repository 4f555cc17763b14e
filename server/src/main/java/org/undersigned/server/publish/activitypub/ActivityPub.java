package org.undersigned.server.publish.activitypub;

import java.security.SecureRandom;
import java.time.Clock;
import org.jdbi.v3.core.Jdbi;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.platform.crypto.CryptoPool;
import org.undersigned.server.platform.crypto.MasterKey;
import org.undersigned.server.platform.http.OutboundClient;
import org.undersigned.server.platform.http.OutboundPolicy;
import org.undersigned.server.site.PageResponder;

/// Creates and connects the parts of the ActivityPub server.
public final class ActivityPub implements AutoCloseable {
    private final boolean enabled;
    private final Announcer announcer;
    private final DeliveryWorker deliveries;
    private final Inbox inbox;
    private final ActivityPubHandler handler;
    private final DiscoveryHandler discovery;

    /// @param enabled true if campaigns can be followed
    /// @param policy  which servers this instance may send requests to
    public ActivityPub(
            boolean enabled,
            OutboundPolicy policy,
            Jdbi jdbi,
            CampaignStore campaigns,
            PageResponder pages,
            MasterKey masterKey,
            CryptoPool crypto,
            SecureRandom random,
            Clock clock) {
        this.enabled = enabled;
        var urls = new ActorUrls(pages.publicUrl());
        var store = new ActivityPubStore(jdbi);
        var actors = new ActorKeys(store, masterKey, crypto, random, urls);
        var client = new SignedClient(new OutboundClient(policy, pages.publicUrl()), actors, crypto, clock);
        var objects = new CampaignObjects(urls, pages::context);
        var activityStreams = new ActivityStreams(urls);
        inbox = new Inbox(
                store,
                actors,
                new RemoteActors(client, clock),
                client,
                crypto,
                urls,
                () -> pages.snapshot().campaigns().stream().map(campaign -> campaign.slug()),
                random,
                clock);
        announcer = new Announcer(store, campaigns, objects, activityStreams, actors);
        deliveries = new DeliveryWorker(store, client, clock);
        discovery = new DiscoveryHandler(enabled, pages, urls);
        handler = new ActivityPubHandler(enabled, pages, urls, activityStreams, objects, actors, store, inbox);
    }

    public ActivityPubHandler handler() {
        return handler;
    }

    public DiscoveryHandler discovery() {
        return discovery;
    }

    /// Queues an activity for each change since the last announcement.
    public void announce() {
        if (enabled) announcer.announceChanges();
    }

    /// Starts deliveries of queued activities, and deletes data that is no longer needed.
    public void deliver() {
        inbox.forgetOld();
        if (enabled) deliveries.deliverDue();
    }

    @Override
    public void close() {
        deliveries.close();
    }
}
