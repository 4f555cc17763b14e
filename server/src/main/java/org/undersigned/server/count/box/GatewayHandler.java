package org.undersigned.server.count.box;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.security.SecureRandom;
import org.undersigned.ohttp.GatewayKey;
import org.undersigned.ohttp.NotOpenedException;
import org.undersigned.ohttp.OpenedRequest;
import org.undersigned.record.RelayedRequest;
import org.undersigned.server.count.register.GatewayKeys;
import org.undersigned.server.platform.crypto.CryptoPool;
import org.undersigned.server.platform.http.AnonymousRequests;
import org.undersigned.server.platform.http.Problem;

/// `POST /gateway`: opens what came through a relay (RFC 9458) and hands it to the box (PROTOCOL §5). It never
/// learns the address of the person's device. A repeated request has the effect and the answer of the first.
public final class GatewayHandler {
    private static final int ACCEPTED = 202;

    private final GatewayKeys keys;
    private final BoxRequests requests;
    private final String host;
    private final CryptoPool crypto;
    private final SecureRandom random;

    /// @param host the instance's name in its record, for which requests must be meant
    public GatewayHandler(GatewayKeys keys, Boxes boxes, String host, CryptoPool crypto, SecureRandom random) {
        this.keys = keys;
        this.requests = new BoxRequests(boxes);
        this.host = host;
        this.crypto = crypto;
        this.random = random;
    }

    /// `POST /gateway`
    public void relayed(ServerRequest request, ServerResponse response) {
        var sealed = AnonymousRequests.sealed(request, RelayedRequest.SEALED_SIZE);
        var key = keys.keyOf(sealed).orElseThrow(Problem::wrongOhttpKey);
        var opened = crypto.call(() -> open(key, sealed));
        response.header(HeaderNames.CONTENT_TYPE, OpenedRequest.RESPONSE_MEDIA_TYPE)
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .send(opened.seal(answer(opened.request()), random));
    }

    private static OpenedRequest open(GatewayKey key, byte[] sealed) {
        try {
            return key.open(sealed);
        } catch (NotOpenedException e) {
            throw Problem.wrongOhttpKey();
        }
    }

    /// The response of the box, which only the client can read.
    private byte[] answer(byte[] bytes) {
        try {
            return RelayedRequest.response(ACCEPTED, handle(parse(bytes)));
        } catch (Problem refused) {
            if (refused.status() >= 500) throw refused; // nothing was decided: the relay asks again
            return RelayedRequest.response(refused.status(), refused.json());
        }
    }

    private static RelayedRequest parse(byte[] bytes) {
        try {
            return RelayedRequest.parse(bytes);
        } catch (IllegalArgumentException e) {
            throw Problem.malformed("request", "The sealed request is malformed: " + e.getMessage() + ".");
        }
    }

    private byte[] handle(RelayedRequest request) {
        if (!request.host().equals(host)) throw Problem.malformed("authority", "The request is for another instance.");
        var promise =
                switch (request.kind()) {
                    case ENTRIES -> requests.cast(request.box(), request.body());
                    case WITHDRAWALS -> requests.withdraw(request.box(), request.body());
                };
        return promise.bytes();
    }
}
