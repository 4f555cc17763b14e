package org.undersigned.server.relay;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.undersigned.ohttp.SealedRequest;
import org.undersigned.record.RelayedRequest;
import org.undersigned.server.relay.SealedQueue.Answer;
import org.undersigned.server.relay.SealedQueue.Waiting;

/// Sends the requests that the mix has chosen to one gateway, and keeps its answers. While the gateway is away they
/// wait.
final class Forwarder {
    private static final Logger LOG = System.getLogger(Forwarder.class.getName());
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int AT_ONCE = 16;
    private static final int CHUNK = 1_024; // answers that are written with one force

    private final String name;
    private final URI gateway;
    private final SealedQueue queue;
    private final Mix mix;
    private final HttpClient http;
    private final Clock clock;
    private Duration pause = Duration.ZERO;
    private Instant notBefore = Instant.MIN;

    /// @param instance address of the instance, without a path
    Forwarder(URI instance, SealedQueue queue, Mix mix, HttpClient http, Clock clock) {
        this.name = instance.getRawAuthority();
        this.gateway = instance.resolve("/gateway");
        this.queue = queue;
        this.mix = mix;
        this.http = http;
        this.clock = clock;
    }

    /// Sends what is to go on now, if the gateway is not known to be away.
    synchronized void forward() throws IOException {
        try {
            forwardChosen();
        } finally {
            queue.forgetDelivered();
        }
    }

    private void forwardChosen() {
        if (clock.instant().isBefore(notBefore)) return;
        var chosen = mix.choose(queue.waiting(), clock.instant());
        for (var from = 0; from < chosen.size(); from += CHUNK) {
            var chunk = chosen.subList(from, Math.min(chosen.size(), from + CHUNK));
            var answers = send(chunk);
            if (!isKept(answers) || answers.size() < chunk.size()) {
                waitLonger();
                return;
            }
            pause = Duration.ZERO;
        }
    }

    private boolean isKept(List<Answer> answers) {
        try {
            if (!answers.isEmpty()) queue.keep(answers);
            return true;
        } catch (IOException e) {
            LOG.log(Level.ERROR, "answers cannot be stored: is the disk full?");
            return false;
        }
    }

    private void waitLonger() {
        var doubled = pause.isZero() ? Duration.ofSeconds(2) : pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        notBefore = clock.instant().plus(pause);
        LOG.log(Level.WARNING, "the gateway of {0} does not answer as it should; what waits is sent later", name);
    }

    /// The answers that came.
    private List<Answer> send(List<Waiting> requests) {
        var answers = new ArrayList<Answer>();
        try (var threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            var sent = new ArrayList<Future<Optional<Answer>>>();
            for (var request : requests) sent.add(threads.submit(() -> send(request)));
            for (var one : sent) one.get().ifPresent(answers::add);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return answers;
    }

    private Optional<Answer> send(Waiting request) throws InterruptedException {
        try {
            var response = http.send(
                    HttpRequest.newBuilder(gateway)
                            .timeout(TIMEOUT)
                            .version(HttpClient.Version.HTTP_1_1)
                            .header("Content-Type", SealedRequest.MEDIA_TYPE)
                            .POST(HttpRequest.BodyPublishers.ofByteArray(request.sealed()))
                            .build(),
                    HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), 1 << 14));
            var isAnswer =
                    response.statusCode() == 200 && response.body().length == RelayedRequest.SEALED_RESPONSE_SIZE;
            if (isAnswer) return Optional.of(new Answer(request.digest(), response.body()));
            // no key opens it. Everything else, also what a proxy says, is trouble that may pass
            var isRefused = response.statusCode() == 400
                    && new String(response.body(), StandardCharsets.UTF_8).contains("#ohttp-key");
            return isRefused ? Optional.of(new Answer(request.digest(), null)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
