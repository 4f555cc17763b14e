package org.undersigned.server.publish.activitypub;

import java.io.IOException;
import java.net.URI;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Actors of other servers, fetched when they send something and remembered in memory for minutes, for their keys.
final class RemoteActors {
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final int MOST_REMEMBERED = 1_000;
    private static final int LONGEST_INBOX = 300;
    private static final int GONE = 410;
    private static final int OK = 200;

    private final SignedClient client;
    private final Clock clock;
    private final Map<URI, Remembered> remembered = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<URI, Remembered> eldest) {
            return size() > MOST_REMEMBERED;
        }
    });

    private record Remembered(Found actor, Instant until) {}

    RemoteActors(SignedClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /// What its own server says of an actor.
    sealed interface Lookup {}

    /// @param keyId    of its key, without what follows a #
    /// @param inbox    of its server, or null if it has none that names nobody
    /// @param ownInbox to answer it, and to be forgotten
    record Found(String keyId, PublicKey key, @Nullable URI inbox, URI ownInbox) implements Lookup {}

    /// Its server says that it is no more.
    record Gone() implements Lookup {}

    record Unknown() implements Lookup {}

    /// What is remembered of an actor: its key may have changed.
    ///
    /// @return null if nothing is
    @Nullable
    Found known(URI actor) {
        var known = remembered.get(actor);
        return known != null && clock.instant().isBefore(known.until()) ? known.actor() : null;
    }

    /// Forgets whose time is over.
    void forgetOld() {
        var now = clock.instant();
        remembered.values().removeIf(known -> !now.isBefore(known.until()));
    }

    /// Asks an actor's server.
    Lookup find(URI actor) {
        var answer = ask(actor);
        if (answer instanceof Found found) {
            remembered.put(actor, new Remembered(found, clock.instant().plus(REMEMBERED)));
        } else {
            remembered.remove(actor);
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

    /// Reads an actor's document. The key must be its own, the inbox on its own server.
    ///
    /// @return null if it is not the document of `actor`, or has no key that can be used
    static @Nullable Found read(URI actor, byte[] document) {
        var json = BoundedJson.read(document);
        if (json == null || !BoundedJson.string(json, "id").equals(actor.toString())) return null;
        var key = json.get("publicKey");
        var owner = BoundedJson.string(key, "owner");
        var pem = PublicKeys.parse(BoundedJson.string(key, "publicKeyPem"));
        var own = inbox(actor, BoundedJson.string(json, "inbox"));
        if (pem == null || own == null || !owner.equals(actor.toString())) return null;
        var shared = inbox(actor, BoundedJson.string(json.get("endpoints"), "sharedInbox"));
        // A program's own inbox names nobody; a person's does, so it is not taken instead, whatever it is called.
        if (BoundedJson.string(json, "type").equals("Application")) shared = shared == null ? own : shared;
        else if (own.equals(shared)) shared = null;
        return new Found(withoutFragment(BoundedJson.string(key, "id")), pem, shared, own);
    }

    /// An address on the actor's own server, whose name is written small: a server written in many ways is one.
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
