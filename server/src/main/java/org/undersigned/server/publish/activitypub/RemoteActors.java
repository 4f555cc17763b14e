package org.undersigned.server.publish.activitypub;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.net.URI;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Fetches actors of other servers when they send something, and stores them in memory for ten minutes, for their
/// keys.
final class RemoteActors {
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final int MAX_REMEMBERED = 1_000;
    private static final int LONGEST_INBOX = 300;
    private static final int GONE = 410;
    private static final int OK = 200;

    private final SignedClient client;
    private final Cache<URI, Found> remembered;

    RemoteActors(SignedClient client, Clock clock) {
        this.client = client;
        remembered = Caffeine.newBuilder()
                .maximumSize(MAX_REMEMBERED)
                .expireAfterWrite(REMEMBERED)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    /// Result of a request to an actor's own server.
    sealed interface Lookup {}

    /// @param keyId    of its key, without the fragment
    /// @param inbox    the server's shared inbox or a program's own, or null if the only inbox names a person
    /// @param ownInbox for the Accept or Reject; never stored in the database
    record Found(String keyId, PublicKey key, @Nullable URI inbox, URI ownInbox) implements Lookup {}

    /// Its server states that the actor is deleted.
    record Gone() implements Lookup {}

    record Unknown() implements Lookup {}

    /// Returns the actor in memory. Its key may have changed since.
    ///
    /// @return null if it is not in memory
    @Nullable
    Found known(URI actor) {
        return remembered.getIfPresent(actor);
    }

    /// Deletes actors whose time in memory is over.
    void forgetOld() {
        remembered.cleanUp();
    }

    /// Fetches an actor from its server.
    Lookup find(URI actor) {
        var answer = ask(actor);
        if (answer instanceof Found found) {
            remembered.put(actor, found);
        } else {
            remembered.invalidate(actor);
        }
        return answer;
    }

    private Lookup ask(URI actor) {
        try {
            var answer = client.fetch(actor);
            if (answer.status() == GONE) return new Gone();
            if (answer.status() != OK || !answer.type().contains("json")) return new Unknown();
            var found = read(actor, answer.body());
            return found == null ? new Unknown() : found;
        } catch (IOException e) {
            return new Unknown();
        }
    }

    /// Reads an actor's document. The key must be the actor's own, and the inbox must be on the actor's server.
    ///
    /// @return null if it is not the document of `actor`, or has no key or inbox that can be used
    static @Nullable Found read(URI actor, byte[] document) {
        var json = BoundedJson.read(document);
        if (json == null || !BoundedJson.string(json, "id").equals(actor.toString())) return null;
        var key = json.get("publicKey");
        var owner = BoundedJson.string(key, "owner");
        var pem = PublicKeys.parse(BoundedJson.string(key, "publicKeyPem"));
        var own = inbox(actor, BoundedJson.string(json, "inbox"));
        if (pem == null || own == null || !owner.equals(actor.toString())) return null;
        var shared = inbox(actor, BoundedJson.string(json.get("endpoints"), "sharedInbox"));
        // A program's own inbox names no person, so it can replace the shared inbox. A person's own inbox names the
        // person, so it is not used, even if it is listed as the shared inbox.
        if (BoundedJson.string(json, "type").equals("Application")) shared = shared == null ? own : shared;
        else if (own.equals(shared)) shared = null;
        return new Found(withoutFragment(BoundedJson.string(key, "id")), pem, shared, own);
    }

    /// Returns an address on the actor's own server; null if it is none. The host is in lower case, so that a
    /// server with several spellings is one server.
    private static @Nullable URI inbox(URI actor, String text) {
        var inbox = text.length() > LONGEST_INBOX ? null : IncomingActivity.address(text);
        if (inbox == null) return null;
        var ownServer = inbox.getRawQuery() == null
                && inbox.getRawFragment() == null
                && actor.getScheme().equals(inbox.getScheme())
                && actor.getRawAuthority().equalsIgnoreCase(inbox.getRawAuthority());
        if (!ownServer) return null;
        return URI.create(
                inbox.getScheme() + "://" + inbox.getRawAuthority().toLowerCase(Locale.ROOT) + inbox.getRawPath());
    }

    static String withoutFragment(String id) {
        return id.split("#", 2)[0];
    }
}
