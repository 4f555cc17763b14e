package org.undersigned.server.platform.job;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Runs each job on its own thread: again after a pause, and at once when woken. A job that fails, also with an
/// [Error], runs again after at most five seconds. Every job must be written so that a repeated run loses
/// nothing and does nothing twice.
public final class Scheduler implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Scheduler.class.getName());
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private final List<Job> jobs = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;

    /// A job that runs until the scheduler is closed.
    public final class Job {
        private final String name;
        private final Duration pause;
        private final boolean fromBegin;
        private final Runnable work;
        private final Semaphore wakes = new Semaphore(0);
        private final Thread thread;

        private Job(String name, Duration pause, boolean fromBegin, Runnable work) {
            this.name = name;
            this.pause = pause;
            this.fromBegin = fromBegin;
            this.work = work;
            thread = Thread.ofPlatform().name("job-" + name).daemon().start(this::loop);
        }

        /// Ends the pause. If the job is running, it runs once more after that. Returns immediately.
        public void wake() {
            wakes.release();
        }

        private void loop() {
            try {
                while (!stopped) {
                    wakes.drainPermits(); // this run covers every change up to now
                    var begun = System.nanoTime();
                    var after = run() || pause.compareTo(LONGEST_PAUSE_AFTER_FAILURE) < 0
                            ? pause
                            : LONGEST_PAUSE_AFTER_FAILURE;
                    var passed = fromBegin ? System.nanoTime() - begun : 0;
                    var _ = wakes.tryAcquire(after.toNanos() - passed, TimeUnit.NANOSECONDS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /// @return false if the job failed
        private boolean run() {
            try {
                work.run();
                return true;
            } catch (RuntimeException | Error e) { // a job never ends by itself
                LOG.log(
                        Level.WARNING,
                        "job \"{0}\" failed: {1}",
                        name,
                        e.getClass().getName());
                return false;
            }
        }
    }

    /// Runs `work` now, and again each time `pause` has passed since the end of the last run.
    public Job every(Duration pause, String name, Runnable work) {
        return add(new Job(name, pause, false, work));
    }

    /// Runs `work` now, and again each time `interval` has passed since the beginning of the last run: at once, if
    /// that run took longer.
    public Job atIntervals(Duration interval, String name, Runnable work) {
        return add(new Job(name, interval, true, work));
    }

    private Job add(Job job) {
        jobs.add(job);
        return job;
    }

    /// Waits up to ten seconds for the running jobs to end.
    @Override
    public void close() {
        stopped = true;
        jobs.forEach(Job::wake);
        var end = System.nanoTime() + STOP.toNanos();
        try {
            for (var job : jobs) {
                var left = Duration.ofNanos(end - System.nanoTime());
                if (left.isNegative() || !job.thread.join(left)) job.thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
