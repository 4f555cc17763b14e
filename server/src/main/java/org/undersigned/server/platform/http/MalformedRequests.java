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

/// Answers what never becomes a request and so reaches no route: an address that is none, headers too long, a
/// length that is no number. It is answered as any other refusal, and open to pages of other hosts, since which
/// address was meant is not known.
final class MalformedRequests implements DirectHandler {
    private static final Header TYPE = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, Problem.TYPE);

    private final List<Header> headers;

    private MalformedRequests(List<Header> headers) {
        this.headers = headers;
    }

    /// @param headers that go with every answer
    static DirectHandlers with(List<Header> headers) {
        var handlers = DirectHandlers.builder();
        for (var type : EventType.values()) handlers.addHandler(type, new MalformedRequests(headers));
        return handlers.build();
    }

    /// @param message of the server's own, which may quote what was sent: not told
    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType type,
            Status status,
            ServerResponseHeaders given,
            @Nullable String message) {
        headers.forEach(given::set);
        Representation.OPEN.forEach(given::set);
        // What fails before any route is reached is what was sent: a method that is no word, for one.
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
