package org.undersigned.server.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Addresses that fail take nothing from the others.
final class MailQueueTest {
    private static final EmailAddress ADA = new EmailAddress("ada", "tufts.edu");
    private static final List<Duration> DELAYS = List.of(Duration.ofMillis(20), Duration.ofMillis(20));

    private final Queue<String> sent = new ConcurrentLinkedQueue<>();
    private final AtomicInteger tries = new AtomicInteger();
    private final CountDownLatch arrived = new CountDownLatch(1);

    @Test
    void aRefusedMailIsNotTriedAgain() throws Exception {
        try (var queue = new MailQueue(transport(new MailTransport.NotSent("refused", true), 1), DELAYS)) {
            queue.send(ADA, "first", "text");
            queue.send(ADA, "second", "text");

            assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
            Thread.sleep(200); // longer than all delays
        }
        assertThat(sent).containsExactly("second");
        assertThat(tries).hasValue(2);
    }

    @Test
    void aMailThatIsRefusedForNowIsTriedAgainAndHoldsUpNobody() throws Exception {
        try (var queue = new MailQueue(transport(new MailTransport.NotSent("later", false), 1), DELAYS)) {
            queue.send(ADA, "first", "text");
            queue.send(ADA, "second", "text");

            assertThat(sent).containsExactly("second");
            for (var i = 0; i < 2400 && sent.size() < 2; i++) Thread.sleep(25);
        }
        assertThat(sent).containsExactly("second", "first");
    }

    @Test
    void aMailIsTriedOnceMoreThanThereAreDelays() throws Exception {
        try (var queue = new MailQueue(transport(new MailTransport.NotSent("later", false), 100), DELAYS)) {
            queue.send(ADA, "first", "text");

            for (var i = 0; i < 2400 && tries.get() < 3; i++) Thread.sleep(25);
            Thread.sleep(200);
        }
        assertThat(tries).hasValue(3);
        assertThat(sent).isEmpty();
    }

    @Test
    void aMailAfterAFloodOfRefusedOnesDoesNotWaitForAllOfThem() throws Exception {
        MailTransport slow = (to, subject, _) -> {
            tries.incrementAndGet();
            if (subject.equals("honest")) {
                arrived.countDown();
                return;
            }
            pause();
            throw new MailTransport.NotSent("refused", true);
        };
        try (var queue = new MailQueue(slow, DELAYS)) {
            for (var i = 0; i < 5_000; i++) {
                assertThat(queue.submit(() -> queue.send(ADA, "bad", "text"))).isTrue();
            }
            var before = tries.get();
            assertThat(queue.submit(() -> queue.send(ADA, "honest", "text"))).isTrue();

            assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(tries.get() - before).isLessThan(200);
        }
    }

    @Test
    void workThatFailsEndsNoThread() throws Exception {
        try (var queue = new MailQueue(transport(new MailTransport.NotSent("refused", true), 0), DELAYS)) {
            for (var i = 0; i < 100; i++) {
                assertThat(queue.submit(() -> {
                            throw new AssertionError("of the test");
                        }))
                        .isTrue();
            }
            assertThat(queue.submit(() -> queue.send(ADA, "after", "text"))).isTrue();

            assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    /// Returns a transport that fails as often as stated and then accepts every mail.
    private MailTransport transport(MailTransport.NotSent failure, int failures) {
        return (_, subject, _) -> {
            if (tries.incrementAndGet() <= failures) throw failure;
            sent.add(subject);
            arrived.countDown();
        };
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
