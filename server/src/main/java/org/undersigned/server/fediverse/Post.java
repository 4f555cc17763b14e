package org.undersigned.server.fediverse;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.crypto.CryptoPool;
import org.undersigned.server.http.Outgoing;

/// Sends signed requests: what an actor here says, and the instance's questions about actors elsewhere.
final class Post {
    static final String TYPE = "application/activity+json";

    private final Outgoing outgoing;
    private final Actors actors;
    private final CryptoPool crypto;
    private final Clock clock;

    Post(Outgoing outgoing, Actors actors, CryptoPool crypto, Clock clock) {
        this.outgoing = outgoing;
        this.actors = actors;
        this.crypto = crypto;
        this.clock = clock;
    }

    /// @return the status it was answered with
    /// @throws IOException if there was no answer
    int send(String slug, URI inbox, byte[] body) throws IOException {
        return ask(slug, "post", inbox, body).status();
    }

    /// A document of another server, asked for in the instance's name.
    Outgoing.Answer fetch(URI address) throws IOException {
        return ask("", "get", address, null);
    }

    private Outgoing.Answer ask(String slug, String method, URI address, byte @Nullable [] body) throws IOException {
        var query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        var path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        var key = actors.of(slug).key();
        var now = clock.instant();
        var headers = new LinkedHashMap<>(
                crypto.call(() -> HttpSignature.sign(method, path + query, address.getRawAuthority(), body, now, key)));
        headers.put("accept", TYPE);
        if (body == null) return outgoing.get(address, headers);
        headers.put("content-type", TYPE);
        return outgoing.post(address, headers, body);
    }
}
