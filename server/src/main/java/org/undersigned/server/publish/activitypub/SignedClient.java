package org.undersigned.server.publish.activitypub;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.platform.crypto.CryptoPool;
import org.undersigned.server.platform.http.OutboundClient;

/// Sends signed requests: what an actor here says, and the instance's questions about actors elsewhere.
///
/// **Two knocks.** Which way of signing a server understands cannot be asked. So a request that is refused, as a
/// signature that is not understood is, is sent once more, the same but signed the other way; which of them was
/// taken is remembered for the server's next request. The first knock is by the draft, since every program
/// understands it: Mastodon, which takes both; Mobilizon, Gancio and others older than RFC 9421, some of which do
/// not refuse what they cannot read but fail (Gancio) or say yes first and look later (Misskey). The order that
/// <https://swicg.github.io/activitypub-http-signature/> proposes, the standard first, costs those an activity.
///
/// It is remembered in memory only: forgetting costs one refused request, and nothing is written down.
final class SignedClient {
    static final String TYPE = "application/activity+json";
    /// ActivityPub §3.2 wants the first to be asked for, and servers to take the second for the same.
    private static final String TYPES =
            "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\", application/activity+json";

    /// How a signature that is not understood is refused: malformed, unproven, or as nobody's.
    private static final Set<Integer> REFUSALS = Set.of(400, 401, 403);

    private static final int MOST_REMEMBERED = 1_000;

    private final OutboundClient outbound;
    private final ActorKeys actors;
    private final CryptoPool crypto;
    private final Clock clock;
    /// By server, if it took another than the first.
    private final Map<String, SignatureScheme> ways = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SignatureScheme> eldest) {
            return size() > MOST_REMEMBERED;
        }
    });

    SignedClient(OutboundClient outbound, ActorKeys actors, CryptoPool crypto, Clock clock) {
        this.outbound = outbound;
        this.actors = actors;
        this.crypto = crypto;
        this.clock = clock;
    }

    /// @return the status it was answered with
    /// @throws IOException if there was no answer
    int send(String slug, URI inbox, byte[] body) throws IOException {
        return ask(slug, UnsignedRequest.post(inbox, body)).status();
    }

    /// A document of another server, asked for in the instance's name.
    OutboundClient.Response fetch(URI address) throws IOException {
        return ask("", UnsignedRequest.get(address));
    }

    /// At most two requests. A second refusal says no more than the first: then the first stands.
    private OutboundClient.Response ask(String slug, UnsignedRequest request) throws IOException {
        var server = request.address().getRawAuthority().toLowerCase(Locale.ROOT);
        var scheme = ways.getOrDefault(server, SignatureScheme.DRAFT);
        var first = knock(scheme, slug, request);
        if (!REFUSALS.contains(first.status())) return first;
        var second = knock(scheme.other(), slug, request);
        if (REFUSALS.contains(second.status())) return first;
        if (second.status() / 100 == 2) ways.put(server, scheme.other());
        return second;
    }

    private OutboundClient.Response knock(SignatureScheme scheme, String slug, UnsignedRequest request)
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
