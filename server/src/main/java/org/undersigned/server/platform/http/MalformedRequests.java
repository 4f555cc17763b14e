package org.undersigned.server.platform.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Responds to input that never becomes a request and so reaches no route: an invalid address, too long headers, a
/// length that is not a number. The response is like any other refusal, and pages of other hosts may read it, since
/// the server does not know which address was meant.
final class MalformedRequests implements DirectHandler {
    private static final Header TYPE = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, Problem.TYPE);

    private final List<Header> headers;

    private MalformedRequests(List<Header> headers) {
        this.headers = headers;
    }

    /// @param headers the headers that every response carries
    static DirectHandlers with(List<Header> headers) {
        var handlers = DirectHandlers.builder();
        for (var type : EventType.values()) handlers.addHandler(type, new MalformedRequests(headers));
        return handlers.build();
    }

    /// @param message the server library's message; not sent, since it may quote the request
    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType type,
            Status status,
            ServerResponseHeaders given,
            @Nullable String message) {
        headers.forEach(given::set);
        Representation.OPEN.forEach(given::set);
        // Before any route is reached, an internal error comes from the request itself, for example from an invalid
        // method.
        var problem =
                HttpServer.refused(type == EventType.INTERNAL_ERROR ? Status.BAD_REQUEST_400.code() : status.code());
        var response = TransportResponse.builder()
                .status(Status.create(problem.status()))
                .headers(given.set(TYPE).set(Problem.ENGLISH).set(CachePolicy.NEVER.header))
                .keepAlive(false);
        if (problem.status() == 503) given.set(Problem.RETRY_AFTER);
        return ("HEAD".equals(request.method()) ? response : response.entity(problem.json())).build();
    }
}
