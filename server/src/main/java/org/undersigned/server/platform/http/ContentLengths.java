package org.undersigned.server.platform.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.Status;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;

/// Removes the `Content-Length: 0`, which the server library adds to every response without a body, where it is
/// wrong (RFC 9110 §8.6): a 204 has no length, a 304 would have the length of the response to GET, and an event
/// stream, requested with HEAD, has no end.
final class ContentLengths implements Http1ConnectionListener {
    private static final String STREAM = "text/event-stream";

    /// Set by [#status], which the library calls just before [#headers] on the same thread.
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
