package org.undersigned.server.relay;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.undersigned.record.RelayedRequest;
import org.undersigned.server.platform.http.PostClient;
import org.undersigned.server.relay.SealedQueue.Answer;
import org.undersigned.server.relay.SealedQueue.Waiting;

/// A batch of the mix on its way to one gateway. Some connections send it, each time the next request in the order
/// of the mix, while the answers that came before are written. A connection ends at its first trouble.
final class Delivery {
    private static final Logger LOG = System.getLogger(Delivery.class.getName());
    private static final int CONNECTIONS = 16;
    private static final int TOGETHER = 1_024; // answers that are written with one force

    private final PostClient gateway;
    private final SealedQueue queue;
    private final int size;
    private final Duration patience;
    private final ConcurrentLinkedQueue<Waiting> next;
    /// Answers that are to be written; an empty one says that a connection has ended.
    private final BlockingQueue<Optional<Answer>> answers = new ArrayBlockingQueue<>(TOGETHER);

    private int open;

    /// @param batch    in the order in which to send it
    /// @param patience how long the gateway may answer nothing at all
    Delivery(List<Waiting> batch, PostClient gateway, SealedQueue queue, Duration patience) {
        this.gateway = gateway;
        this.queue = queue;
        this.patience = patience;
        size = batch.size();
        next = new ConcurrentLinkedQueue<>(batch);
        open = Math.min(CONNECTIONS, size);
    }

    /// Sends the batch, and keeps the answers.
    ///
    /// @return true if every request has an answer, and all answers are on disk
    boolean run() throws InterruptedException {
        try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory())) {
            for (var i = 0; i < open; i++) threads.execute(this::send);
            try {
                return keepAnswers() == size;
            } finally {
                threads.shutdownNow();
            }
        }
    }

    /// @return how many were kept
    private int keepAnswers() throws InterruptedException {
        var kept = 0;
        try {
            for (var batch = take(); !batch.isEmpty(); batch = take()) {
                queue.keep(batch);
                kept += batch.size();
            }
        } catch (IOException e) {
            LOG.log(Level.ERROR, "answers cannot be stored: is the disk full?");
        }
        return kept;
    }

    /// Waits for many answers, or the last ones.
    ///
    /// @return empty if there are no more
    private List<Answer> take() throws InterruptedException {
        var taken = new ArrayList<Answer>();
        while (open > 0 && taken.size() < TOGETHER) {
            var answer = answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (answer == null) break;
            answer.ifPresentOrElse(taken::add, () -> open--);
        }
        return taken;
    }

    private void send() {
        try (var connection = gateway.connection()) {
            for (var request = next.poll(); request != null; request = next.poll()) {
                var answer = answer(request, connection.post(request.sealed()));
                if (answer.isEmpty()) break;
                answers.put(answer);
            }
        } catch (IOException e) {
            // the request waits on
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    private void end() {
        try {
            answers.put(Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody waits for it
        }
    }

    private static Optional<Answer> answer(Waiting request, PostClient.Response response) {
        var body = response.body();
        var isAnswer = response.status() == 200 && body.length == RelayedRequest.SEALED_RESPONSE_SIZE;
        if (isAnswer) return Optional.of(new Answer(request.digest(), body));
        // no key opens it. Everything else, also what a proxy says, is trouble that may pass
        var isRefused = response.status() == 400 && new String(body, StandardCharsets.UTF_8).contains("#ohttp-key");
        return isRefused ? Optional.of(new Answer(request.digest(), null)) : Optional.empty();
    }
}
