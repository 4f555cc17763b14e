package org.undersigned.server.relay;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.undersigned.ohttp.SealedRequest;
import org.undersigned.server.platform.http.PostClient;

/// Sends the requests that the mix has chosen to one gateway, and keeps its answers. While the gateway is away they
/// wait.
final class Forwarder {
    private static final Logger LOG = System.getLogger(Forwarder.class.getName());
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final String name;
    private final PostClient gateway;
    private final SealedQueue queue;
    private final Mix mix;
    private final Clock clock;
    private Duration pause = Duration.ZERO;
    private Instant notBefore = Instant.MIN;

    /// @param instance address of the instance, without a path
    Forwarder(URI instance, SealedQueue queue, Mix mix, Clock clock) {
        this.name = instance.getRawAuthority();
        this.gateway = new PostClient(instance.resolve("/gateway"), SealedRequest.MEDIA_TYPE);
        this.queue = queue;
        this.mix = mix;
        this.clock = clock;
    }

    /// Sends what is to go on now, if the gateway is not known to be away.
    synchronized void forward() throws IOException {
        try {
            forwardChosen();
            queue.forgetDelivered();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the relay stops
        }
    }

    private void forwardChosen() throws InterruptedException {
        if (clock.instant().isBefore(notBefore)) return;
        var chosen = mix.choose(queue.waiting(), clock.instant());
        if (chosen.isEmpty()) return;
        if (new Delivery(chosen, gateway, queue, PATIENCE).run()) pause = Duration.ZERO;
        else waitLonger();
    }

    private void waitLonger() {
        var doubled = pause.isZero() ? Duration.ofSeconds(2) : pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        notBefore = clock.instant().plus(pause);
        LOG.log(Level.WARNING, "the gateway of {0} does not answer as it should; what waits is sent later", name);
    }
}
