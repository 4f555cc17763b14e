package org.undersigned.server.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.undersigned.record.RelayedRequest;
import org.undersigned.server.relay.SealedQueue.Answer;
import org.undersigned.server.relay.SealedQueue.State;
import org.undersigned.server.support.MovableClock;
import org.undersigned.tlog.Hash;

/// What a relay has accepted is on disk, is delivered once, and is forgotten in time.
final class SealedQueueTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final MovableClock clock = new MovableClock();
    private final LocalDate today = startAtNoon();
    private final Random random = new Random(5);

    @TempDir
    private Path folder;

    private LocalDate startAtNoon() {
        var tomorrow = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(1);
        clock.forward(Duration.between(clock.instant(), tomorrow.atTime(12, 0).toInstant(ZoneOffset.UTC)));
        return tomorrow;
    }

    private SealedQueue open() throws IOException {
        return SealedQueue.open(folder, HOUR, random, clock);
    }

    private byte[] request() {
        return bytes(RelayedRequest.SEALED_SIZE);
    }

    private byte[] bytes(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private Answer answer(byte[] sealed, byte[] response) {
        return new Answer(Hash.sha256(sealed), response);
    }

    private static State.Answered answered(State state) {
        return (State.Answered) state;
    }

    @Test
    void anAcceptedRequestIsOnDiskWhenItIsAccepted() throws Exception {
        var sealed = request();
        try (var queue = open()) {
            assertThat(queue.put(sealed)).isInstanceOf(State.Accepted.class);
            assertThat(HexFormat.of().formatHex(Files.readAllBytes(folder.resolve("waiting"))))
                    .contains(HexFormat.of().formatHex(sealed));
            // the process is killed here: the files stay as they are
            var copy = Files.createDirectory(folder.resolve("copy"));
            Files.copy(folder.resolve("waiting"), copy.resolve("waiting"));
            try (var after = SealedQueue.open(copy, HOUR, random, clock)) {
                assertThat(after.waiting())
                        .singleElement()
                        .satisfies(one -> assertThat(one.sealed()).isEqualTo(sealed));
            }
        }
    }

    @Test
    void aRequestThatIsSentAgainIsDeliveredOnceAndAnsweredAgain() throws Exception {
        var sealed = request();
        var response = bytes(RelayedRequest.SEALED_RESPONSE_SIZE);
        try (var queue = open()) {
            queue.put(sealed);
            assertThat(queue.put(sealed)).isInstanceOf(State.Accepted.class);
            assertThat(queue.waiting()).hasSize(1);
            queue.keep(List.of(answer(sealed, response)));
            assertThat(queue.waiting()).isEmpty();
            assertThat(answered(queue.put(sealed)).response()).isEqualTo(response);
        }
        try (var queue = open()) {
            assertThat(answered(queue.put(sealed)).response()).isEqualTo(response);
            assertThat(queue.waiting()).isEmpty();
        }
    }

    @Test
    void aCrashBetweenTheAnswerAndTheEndOfWaitingDeliversNothingTwice() throws Exception {
        var sealed = request();
        var response = bytes(RelayedRequest.SEALED_RESPONSE_SIZE);
        byte[] waiting;
        try (var queue = open()) {
            queue.put(sealed);
            waiting = Files.readAllBytes(folder.resolve("waiting"));
            queue.keep(List.of(answer(sealed, response)));
        }
        Files.write(folder.resolve("waiting"), waiting);
        Files.delete(folder.resolve("digests-" + today));
        try (var queue = open()) {
            assertThat(queue.waiting()).isEmpty();
            assertThat(answered(queue.put(sealed)).response()).isEqualTo(response);
        }
        clock.forward(Duration.ofDays(5)); // the answers are deleted, and the digest is still known
        try (var queue = open()) {
            assertThat(queue.put(sealed)).isInstanceOf(State.Gone.class);
        }
    }

    @Test
    void deliveredRequestsLeaveTheFileAndTheOthersAreShuffled() throws Exception {
        try (var queue = open()) {
            var sent = new ArrayList<byte[]>();
            for (var i = 0; i < 60; i++) {
                sent.add(request());
                queue.put(sent.getLast());
            }
            queue.keep(sent.subList(0, 20).stream()
                    .map(one -> answer(one, bytes(RelayedRequest.SEALED_RESPONSE_SIZE)))
                    .toList());
            queue.forgetDelivered();
            var stored = HexFormat.of().formatHex(Files.readAllBytes(folder.resolve("waiting")));
            for (var one : sent.subList(0, 20))
                assertThat(stored).doesNotContain(HexFormat.of().formatHex(one));
            var places = sent.subList(20, 60).stream()
                    .map(one -> stored.indexOf(HexFormat.of().formatHex(one)))
                    .toList();
            assertThat(places).allSatisfy(place -> assertThat(place).isNotNegative());
            assertThat(places).isNotEqualTo(places.stream().sorted().toList());
        }
    }

    @Test
    void answersAreKeptForTwoDaysAndDigestsLongerThanAKeyLives() throws Exception {
        var sealed = request();
        try (var queue = open()) {
            queue.put(sealed);
            queue.keep(List.of(answer(sealed, bytes(RelayedRequest.SEALED_RESPONSE_SIZE))));
            clock.forward(Duration.ofDays(2));
            queue.forget();
            assertThat(queue.put(sealed)).isInstanceOf(State.Answered.class);
            clock.forward(Duration.ofDays(1));
            queue.forget();
            assertThat(queue.put(sealed)).isInstanceOf(State.Gone.class);
            assertThat(folder.resolve("answers-" + today)).doesNotExist();
            clock.forward(Duration.ofDays(9));
            queue.forget();
            assertThat(queue.put(sealed)).isInstanceOf(State.Gone.class);
            clock.forward(Duration.ofDays(1));
            queue.forget();
            assertThat(folder.resolve("digests-" + today)).doesNotExist();
            assertThat(queue.put(sealed)).isInstanceOf(State.Accepted.class); // no gateway opens it any longer
        }
    }

    @Test
    void whatTheGatewayCannotOpenIsRefusedAndDoesNotWait() throws Exception {
        var sealed = request();
        try (var queue = open()) {
            queue.put(sealed);
            queue.keep(List.of(new Answer(Hash.sha256(sealed), null)));
            assertThat(queue.put(sealed)).isInstanceOf(State.Refused.class);
            assertThat(queue.waiting()).isEmpty();
        }
    }

    @Test
    void aFullQueueAcceptsNothingAndSaysSo() throws Exception {
        try (var queue = open();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var states = new ArrayList<Future<State>>();
            for (var i = 0; i < SealedQueue.MOST_WAITING + 10; i++) {
                var sealed = Arrays.copyOf(
                        new byte[] {(byte) i, (byte) (i >> 8), (byte) (i >> 16)}, RelayedRequest.SEALED_SIZE);
                states.add(threads.submit(() -> queue.put(sealed)));
            }
            var full = 0;
            for (var state : states) if (state.get() instanceof State.Full) full++;
            assertThat(full).isEqualTo(10);
            assertThat(queue.waiting()).hasSize(SealedQueue.MOST_WAITING);
        }
    }

    @Test
    void everyRequestWaitsForATimeOfItsOwnAndGoesOnWithinTheLongestWait() throws Exception {
        try (var queue = open()) {
            var before = clock.instant();
            for (var i = 0; i < 200; i++) queue.put(request());
            assertThat(queue.waiting()).allSatisfy(one -> {
                assertThat(one.from()).isAfterOrEqualTo(before.plus(HOUR.dividedBy(12)));
                assertThat(one.due()).isBetween(one.from(), clock.instant().plus(HOUR));
            });
            var times = queue.waiting().stream().map(SealedQueue.Waiting::from).toList();
            assertThat(times).doesNotHaveDuplicates();
            assertThat(times.stream()
                            .filter(time -> time.isAfter(before.plus(HOUR.dividedBy(2))))
                            .count())
                    .isBetween(60L, 140L); // half of them
        }
    }
}
