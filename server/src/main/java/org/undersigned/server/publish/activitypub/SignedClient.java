package org.undersigned.server.publish.activitypub;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.platform.crypto.CryptoPool;
import org.undersigned.server.platform.http.OutboundClient;

/// Sends signed requests: the activities of this instance's actors, and the instance's requests for actors
/// elsewhere.
///
/// **Two attempts.** A client cannot find out in advance which signature scheme a server understands. So if a
/// server refuses a request with a status that it would use for a signature that it does not understand, the client
/// sends the request once more, signed by the other scheme, and remembers the accepted scheme for the next request
/// to this server. The first attempt uses the draft, since every program understands it: Mastodon, which accepts
/// both; Mobilizon, Gancio and others older than RFC 9421. Some of these do not refuse a signature that they cannot
/// read, but fail (Gancio) or accept the request first and check it later (Misskey). The order that
/// <https://swicg.github.io/activitypub-http-signature/> proposes, the standard first, would lose an activity
/// there.
///
/// The scheme is stored in memory only: losing it costs one refused request, and nothing is written to disk.
final class SignedClient {
    static final String TYPE = "application/activity+json";
    /// ActivityPub §3.2: clients must request the first type, and servers should treat the second as the same.
    private static final String TYPES =
            "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\", application/activity+json";

    /// Statuses with which servers refuse a signature that they do not understand: malformed, unproven, or of an
    /// unknown actor.
    private static final Set<Integer> REFUSALS = Set.of(400, 401, 403);

    private static final int MAX_REMEMBERED = 1_000;

    private final OutboundClient outbound;
    private final ActorKeys actors;
    private final CryptoPool crypto;
    private final Clock clock;
    /// Scheme by server, if the server accepted the second attempt.
    private final ConcurrentMap<String, SignatureScheme> schemeByServer = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .<String, SignatureScheme>build()
            .asMap();

    SignedClient(OutboundClient outbound, ActorKeys actors, CryptoPool crypto, Clock clock) {
        this.outbound = outbound;
        this.actors = actors;
        this.crypto = crypto;
        this.clock = clock;
    }

    /// @return the status of the response
    /// @throws IOException if there was no response
    int send(String slug, URI inbox, byte[] body) throws IOException {
        return sendSigned(slug, UnsignedRequest.post(inbox, body)).status();
    }

    /// Fetches a document of another server. The request is signed by the instance's actor.
    OutboundClient.Response fetch(URI address) throws IOException {
        return sendSigned("", UnsignedRequest.get(address));
    }

    /// Sends at most two requests. If both are refused, returns the first response: the second adds no information.
    private OutboundClient.Response sendSigned(String slug, UnsignedRequest request) throws IOException {
        var server = request.address().getRawAuthority().toLowerCase(Locale.ROOT);
        var scheme = schemeByServer.getOrDefault(server, SignatureScheme.DRAFT);
        var first = attempt(scheme, slug, request);
        if (!REFUSALS.contains(first.status())) return first;
        var second = attempt(scheme.other(), slug, request);
        if (REFUSALS.contains(second.status())) return first;
        if (second.status() / 100 == 2) schemeByServer.put(server, scheme.other());
        return second;
    }

    private OutboundClient.Response attempt(SignatureScheme scheme, String slug, UnsignedRequest request)
            throws IOException {
        var key = actors.of(slug).key();
        var now = clock.instant();
        var headers = new LinkedHashMap<>(crypto.call(() -> scheme.sign(request, now, key)));
        headers.put("accept", TYPES);
        byte @Nullable [] body = request.body();
        if (body == null) return outbound.get(request.address(), headers);
        headers.put("content-type", TYPE);
        return outbound.post(request.address(), headers, body);
    }
}
