package org.undersigned.server.count.box;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import org.undersigned.record.BoxId;
import org.undersigned.record.CastRequest;
import org.undersigned.record.Withdrawal;
import org.undersigned.server.platform.http.AnonymousRequests;
import org.undersigned.server.platform.http.CachedResponses;
import org.undersigned.server.platform.http.LogRoutes;
import org.undersigned.tlog.Note;

/// HTTP handlers of the box (PROTOCOL §5–§7). Requests must be anonymous: a request that carries a cookie or an
/// Authorization header is refused, so that a client's mistake is noticed.
public final class BoxHandler {
    private final Boxes boxes;
    private final BoxRequests requests;
    private final LogRoutes log;

    public BoxHandler(Boxes boxes, CachedResponses responses) {
        this.boxes = boxes;
        this.requests = new BoxRequests(boxes);
        this.log = LogRoutes.ofSignatures(responses);
    }

    /// `POST /box/{box}/entries`
    public void cast(ServerRequest request, ServerResponse response) {
        AnonymousRequests.requireAnonymous(request);
        var box = box(request);
        answer(requests.cast(box, AnonymousRequests.exactly(request, CastRequest.SIZE)), response);
    }

    /// `POST /box/{box}/withdrawals`
    public void withdraw(ServerRequest request, ServerResponse response) {
        AnonymousRequests.requireAnonymous(request);
        var box = box(request);
        answer(requests.withdraw(box, AnonymousRequests.exactly(request, Withdrawal.SIZE)), response);
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

    private static BoxId box(ServerRequest request) {
        try {
            return BoxId.of(request.path().pathParameters().get("box"));
        } catch (IllegalArgumentException e) {
            throw BoxRequests.noSuchBox();
        }
    }

    private static void answer(Note promise, ServerResponse response) {
        response.status(Status.ACCEPTED_202)
                .header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .send(promise.toString());
    }
}
