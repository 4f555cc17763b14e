package org.undersigned.server.relay;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.undersigned.ohttp.OpenedRequest;
import org.undersigned.record.RelayedRequest;
import org.undersigned.server.platform.http.AnonymousRequests;
import org.undersigned.server.platform.http.CachedResponses;
import org.undersigned.server.platform.http.Cors;
import org.undersigned.server.platform.http.Problem;

/// The addresses of a relay. A client asks for its answer by sending the same bytes again.
final class RelayHandler implements Consumer<HttpRouting.Builder> {
    private static final String ABOUT = """
            This is a relay of Undersigned. It takes sealed requests, mixes them, and hands them on to:
            %s
            It cannot read them, and it keeps no list of who sent one.
            """;
    private static final String ASK_AGAIN = "20"; // seconds

    private final Map<String, SealedQueue> queues;
    private final BooleanSupplier isSpaceLow;

    /// @param queues     by the instance's host, and port if it has one
    /// @param isSpaceLow true while the disk can take nothing more
    RelayHandler(Map<String, SealedQueue> queues, BooleanSupplier isSpaceLow) {
        this.queues = Map.copyOf(queues);
        this.isSpaceLow = isSpaceLow;
    }

    @Override
    public void accept(HttpRouting.Builder to) {
        to.get("/", this::about).head("/", this::about);
        to.post("/{instance}", this::relay);
        to.options("/{instance}", (request, response) -> Cors.preflight(response, "POST", "Content-Type"));
    }

    private void about(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        var text = ABOUT.formatted(
                String.join(", ", queues.keySet().stream().sorted().toList()));
        CachedResponses.send(request, response, text.getBytes(StandardCharsets.UTF_8));
    }

    /// `POST /{instance}`: 202 while the request waits, 200 with the sealed response.
    private void relay(ServerRequest request, ServerResponse response) {
        Cors.allow(response);
        var queue = queues.get(request.path().pathParameters().get("instance"));
        if (queue == null) throw Problem.notFound("This relay does not serve this instance.");
        var sealed = AnonymousRequests.sealed(request, RelayedRequest.SEALED_SIZE);
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        if (isSpaceLow.getAsBoolean()) throw Problem.notStoring();
        switch (put(queue, sealed)) {
            case SealedQueue.State.Accepted _ ->
                response.status(Status.ACCEPTED_202)
                        .header(HeaderNames.RETRY_AFTER, ASK_AGAIN)
                        .send();
            case SealedQueue.State.Answered(var answer) ->
                response.header(HeaderNames.CONTENT_TYPE, OpenedRequest.RESPONSE_MEDIA_TYPE)
                        .send(answer);
            case SealedQueue.State.Refused _ -> throw Problem.wrongOhttpKey();
            case SealedQueue.State.Gone _ ->
                throw Problem.of(
                        410, "delivered", "This request was delivered before", "Its answer is not kept any longer.");
            case SealedQueue.State.Full _ -> throw Problem.tryLater();
        }
    }

    private static SealedQueue.State put(SealedQueue queue, byte[] sealed) {
        try {
            return queue.put(sealed);
        } catch (IOException e) {
            System.getLogger(RelayHandler.class.getName())
                    .log(System.Logger.Level.ERROR, "a request cannot be stored: is the disk full?");
            throw Problem.tryLater();
        }
    }
}
