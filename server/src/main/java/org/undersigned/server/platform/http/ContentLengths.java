package org.undersigned.server.platform.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.Status;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;

/// Takes the `Content-Length: 0` that the server library gives to every answer without a body from those it says
/// something untrue about (RFC 9110 §8.6): a 204 has none at all, that of a 304 would be its GET's, and a stream of
/// events, as a HEAD asks for it, has no end.
final class ContentLengths implements Http1ConnectionListener {
    private static final String STREAM = "text/event-stream";

    /// Told just before the head it belongs to, on the same thread.
    private final ThreadLocal<Boolean> hasBody = ThreadLocal.withInitial(() -> true);

    @Override
    public void status(ConnectionContext connection, Status status) {
        hasBody.set(status.code() != Status.NO_CONTENT_204.code() && status.code() != Status.NOT_MODIFIED_304.code());
    }

    @Override
    public void headers(ConnectionContext connection, Headers head) {
        var counted = hasBody.get()
                && head.contentType()
                        .filter(type -> type.mediaType().text().equals(STREAM))
                        .isEmpty();
        hasBody.remove();
        if (!counted && head instanceof WritableHeaders<?> answer) answer.remove(HeaderNames.CONTENT_LENGTH);
    }
}
