package org.undersigned.server.count.box;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import org.undersigned.record.BoxId;
import org.undersigned.record.CastRequest;
import org.undersigned.record.Withdrawal;
import org.undersigned.server.platform.http.CachedResponses;
import org.undersigned.server.platform.http.LogRoutes;
import org.undersigned.server.platform.http.Problem;
import org.undersigned.server.platform.http.RequestBodies;

/// HTTP handlers of the box (PROTOCOL §5–§7). Requests must be anonymous: a request that carries a cookie or an
/// Authorization header is refused, so that a client's mistake is noticed.
public final class BoxHandler {
    private final Boxes boxes;
    private final LogRoutes log;

    public BoxHandler(Boxes boxes, CachedResponses responses) {
        this.boxes = boxes;
        this.log = LogRoutes.ofSignatures(responses);
    }

    /// `POST /box/{box}/entries`
    public void cast(ServerRequest request, ServerResponse response) {
        refuseIdentified(request);
        var box = box(request);
        var body = exactly(request, CastRequest.SIZE);
        try {
            answer(boxes.cast(box, CastRequest.parse(body)), response);
        } catch (CastRequest.StatementMismatch e) {
            throw wrong("statement-mismatch", String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw Problem.malformed("body", String.valueOf(e.getMessage()));
        }
    }

    /// `POST /box/{box}/withdrawals`
    public void withdraw(ServerRequest request, ServerResponse response) {
        refuseIdentified(request);
        var box = box(request);
        var body = exactly(request, Withdrawal.SIZE);
        try {
            answer(boxes.withdraw(box, Withdrawal.parse(body)), response);
        } catch (IllegalArgumentException e) {
            throw Problem.malformed("body", String.valueOf(e.getMessage()));
        }
    }

    /// `GET /log/box/{box}/checkpoint`
    public void checkpoint(ServerRequest request, ServerResponse response) {
        log.sendCheckpoint(request, response, boxes.checkpoint(box(request)));
    }

    /// `GET /log/box/{box}/tile/…`
    public void tile(ServerRequest request, ServerResponse response) {
        var tile = LogRoutes.tile(request);
        log.sendTile(request, response, tile, boxes.tile(box(request), tile));
    }

    private static void refuseIdentified(ServerRequest request) {
        for (var name : new io.helidon.http.HeaderName[] {HeaderNames.COOKIE, HeaderNames.AUTHORIZATION}) {
            if (request.headers().contains(name)) {
                throw Problem.of(
                        400,
                        "identified",
                        "A box accepts anonymous requests only",
                        "The request has the header " + name.defaultCase() + ". Send it without this header.");
            }
        }
    }

    private static BoxId box(ServerRequest request) {
        try {
            return BoxId.of(request.path().pathParameters().get("box"));
        } catch (IllegalArgumentException e) {
            throw noSuchBox();
        }
    }

    private static byte[] exactly(ServerRequest request, int length) {
        var body = RequestBodies.bytes(request, length);
        if (body.length != length) {
            throw Problem.malformed(
                    "body", "The body must have exactly " + length + " bytes, not " + body.length + ".");
        }
        return body;
    }

    private static void answer(CastResult outcome, ServerResponse response) {
        switch (outcome) {
            case CastResult.Kept(var promise) ->
                response.status(Status.ACCEPTED_202)
                        .header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                        .header(HeaderNames.CACHE_CONTROL, "no-store")
                        .send(promise.toString());
            case CastResult.Refused(var reason) -> throw problem(reason);
        }
    }

    private static Problem noSuchBox() {
        return Problem.of(404, "no-such-box", "There is no such box", "No box here has this name.");
    }

    private static Problem problem(CastResult.Reason reason) {
        return switch (reason) {
            case NO_SUCH_BOX -> noSuchBox();
            case BOX_CLOSED ->
                Problem.of(
                        403,
                        "box-closed",
                        "This box is closed",
                        "It accepts nothing before it opens or after it closes.");
            case BOX_SUPERSEDED ->
                Problem.of(
                        403,
                        "box-superseded",
                        "The words of this petition were changed",
                        "This box has the words as they were and takes withdrawals only. Fetch the book again.");
            case UNKNOWN_KEY -> wrong("unknown-key", "The token's key is not a key of this box.");
            case WRONG_CHALLENGE -> wrong("wrong-challenge", "The token was drawn for another box or another text.");
            case WRONG_NONCE -> wrong("wrong-nonce", "The token's nonce does not belong to the public key.");
            case WRONG_SIGNATURE -> wrong("wrong-signature", "The Ed25519 signature does not verify.");
            case WRONG_TOKEN -> wrong("wrong-token", "The token's RSA signature does not verify.");
            case UNKNOWN_AFFILIATION -> wrong("unknown-affiliation", "The manifest does not list this affiliation.");
            case NONCE_USED ->
                Problem.of(409, "nonce-used", "This token was used before", "Another entry was cast with it.");
            case ENTRY_NOT_PUBLISHED ->
                Problem.of(
                        409,
                        "entry-not-published",
                        "There is nothing to withdraw",
                        "No published entry has this nonce. A waiting entry can be withdrawn after its publication.");
        };
    }

    private static Problem wrong(String code, String detail) {
        return Problem.of(422, code, "The entry is not valid", detail);
    }
}
