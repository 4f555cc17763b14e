package org.undersigned.server.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.undersigned.server.platform.job.Busy;

@Timeout(60)
final class GroupCommitTest {
    @Test
    void whatArrivesDuringATransactionIsStoredTogetherByTheNext() throws Exception {
        var sizes = Collections.synchronizedList(new ArrayList<Integer>());
        var begun = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var group = new GroupCommit<Integer, Integer>(work -> {
            sizes.add(work.size());
            begun.countDown();
            await(mayEnd);
            return work.stream().map(n -> n * n).toList();
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<Future<Integer>>();
            results.add(threads.submit(() -> group.store(0)));
            begun.await();
            for (var i = 1; i <= 600; i++) {
                var work = i;
                results.add(threads.submit(() -> group.store(work)));
            }
            while (group.waiting() < 600) Thread.sleep(1);
            assertThat(results.getFirst().isDone()).isFalse();
            mayEnd.countDown();
            for (var i = 0; i < results.size(); i++)
                assertThat(results.get(i).get()).isEqualTo(i * i);
        }
        assertThat(sizes).containsExactly(1, 512, 88);
    }

    @Test
    void aTransactionThatFailsFailsForItsOwnRequestsOnly() throws Exception {
        var runs = new AtomicInteger();
        var group = new GroupCommit<String, String>(work -> {
            if (runs.getAndIncrement() == 0) throw new IllegalStateException("the first one");
            return work;
        });
        assertThatThrownBy(() -> group.store("a")).isInstanceOf(IllegalStateException.class);
        assertThat(group.store("b")).isEqualTo("b");
    }

    @Test
    void anErrorLeavesNoRequestWaiting() {
        var group = new GroupCommit<String, String>(_ -> {
            throw new StackOverflowError();
        });
        assertThatThrownBy(() -> group.store("a")).hasCauseInstanceOf(StackOverflowError.class);
        assertThatThrownBy(() -> group.store("b")).hasCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void moreThanCanWaitIsRefused() throws Exception {
        var mayEnd = new CountDownLatch(1);
        var group = new GroupCommit<Integer, Integer>(work -> {
            await(mayEnd);
            return List.copyOf(work);
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<Future<Integer>>();
            for (var i = 0; i < 20_000; i++) {
                var work = i;
                results.add(threads.submit(() -> group.store(work)));
            }
            var refused = 0;
            while (results.stream().filter(Future::isDone).count() < 20_000 - 8_192 - 512) Thread.sleep(1);
            mayEnd.countDown();
            for (var i = 0; i < results.size(); i++) {
                try {
                    assertThat(results.get(i).get()).isEqualTo(i);
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(Busy.class);
                    refused++;
                }
            }
            assertThat(refused).isBetween(20_000 - 8_192 - 512, 20_000 - 8_192);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
