package org.undersigned.server.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.List;

/// Refuses what never becomes a request: bytes that are not HTTP, an address that cannot be read, headers too long.
/// Says no more than that, since nothing of it is known to be anything.
final class Unheard {
    private Unheard() {}

    /// @param headers for every answer
    static DirectHandlers handlers(List<Header> headers) {
        var handlers = DirectHandlers.builder();
        for (var type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, (_, event, status, soFar, _) -> answer(event, status, soFar, headers));
        }
        return handlers.build();
    }

    private static DirectHandler.TransportResponse answer(
            DirectHandler.EventType event, Status status, ServerResponseHeaders soFar, List<Header> headers) {
        var answer = DirectHandler.TransportResponse.builder()
                .status(status)
                .headers(soFar)
                .keepAlive(event.keepAlive())
                .header(HeaderNames.CONTENT_TYPE, Problem.TYPE)
                .header(Caching.NEVER.header);
        headers.forEach(answer::header);
        return answer.entity(Problem.unreadable(status.code()).details()).build();
    }
}
