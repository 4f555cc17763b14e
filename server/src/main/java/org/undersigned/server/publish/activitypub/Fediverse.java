package org.undersigned.server.publish.activitypub;

import java.security.SecureRandom;
import java.time.Clock;
import org.jdbi.v3.core.Jdbi;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.platform.crypto.CryptoPool;
import org.undersigned.server.platform.crypto.MasterKey;
import org.undersigned.server.platform.http.Outgoing;
import org.undersigned.server.platform.http.Reach;
import org.undersigned.server.site.PageHandler;

/// Everything of this room, wired.
public final class Fediverse implements AutoCloseable {
    private final boolean enabled;
    private final Announcer announcer;
    private final Courier courier;
    private final Inbox inbox;
    private final FediverseHandler handler;
    private final FindingHandler finding;

    /// @param enabled whether campaigns can be followed
    /// @param reach   which servers may be asked and written to
    public Fediverse(
            boolean enabled,
            Reach reach,
            Jdbi jdbi,
            CampaignStore campaigns,
            PageHandler pages,
            MasterKey masterKey,
            CryptoPool crypto,
            SecureRandom random,
            Clock clock) {
        this.enabled = enabled;
        var addresses = new Addresses(pages.publicUrl());
        var store = new FediverseStore(jdbi);
        var actors = new Actors(store, masterKey, crypto, random, addresses);
        var post = new Post(new Outgoing(reach, pages.publicUrl()), actors, crypto, clock);
        var sayings = new Sayings(addresses, pages::in);
        var documents = new Documents(addresses);
        inbox = new Inbox(
                store,
                actors,
                new RemoteActors(post, clock),
                post,
                crypto,
                addresses,
                () -> pages.snapshot().campaigns().stream().map(campaign -> campaign.slug()),
                random,
                clock);
        announcer = new Announcer(store, campaigns, sayings, documents, actors);
        courier = new Courier(store, post, clock);
        finding = new FindingHandler(enabled, pages, addresses);
        handler = new FediverseHandler(enabled, pages, addresses, documents, sayings, actors, store, inbox);
    }

    public FediverseHandler handler() {
        return handler;
    }

    public FindingHandler finding() {
        return finding;
    }

    /// Finds out what has changed.
    public void announce() {
        if (enabled) announcer.turn();
    }

    /// Sets out to tell it, and forgets what need not be known any more.
    public void deliver() {
        inbox.tidy();
        if (enabled) courier.turn();
    }

    @Override
    public void close() {
        courier.close();
    }
}
