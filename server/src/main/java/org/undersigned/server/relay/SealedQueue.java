package org.undersigned.server.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.RelayedRequest;
import org.undersigned.tlog.Hash;

/// The sealed requests to one gateway, in a folder: those that wait, the answers to those that were delivered
/// (two days), and the digests of all that were delivered (twelve days: longer than a gateway keeps a key),
/// so that nothing that was answered is delivered again. What is accepted is on disk. No file says when or
/// from where a request came: the names of the files say the day of delivery, and the file of those that wait
/// is written again, in random order, after each batch.
final class SealedQueue implements AutoCloseable {
    static final int MOST_WAITING = 100_000;
    /// About 75 MB. Beyond it the oldest are forgotten: then a repeated request is delivered again, and the
    /// box gives the first answer.
    private static final int MOST_KNOWN = 500_000;
    private static final int MOST_REFUSED = 10_000;
    private static final int MOST_AT_ONCE = 1_024;
    private static final Duration ANSWERS = Duration.ofDays(2);
    private static final Duration DIGESTS = Duration.ofDays(12);

    /// Held while files are written. Whoever holds it may then lock this queue, and not the other way.
    private final Object disk = new Object();

    private final Path folder;
    private final Duration longestWait;
    private final RandomGenerator random;
    private final Clock clock;
    private final RecordFile waitingFile;
    private final Map<Hash, Waiting> waiting = new LinkedHashMap<>();
    /// Requests that are being written.
    private final Map<Hash, CompletableFuture<@Nullable Void>> arriving = new HashMap<>();
    /// The digests of what was delivered, with the place of the answer.
    private final Map<Hash, Place> delivered = new LinkedHashMap<>();

    private final Map<LocalDate, RecordFile> answers = new HashMap<>();
    private final Map<LocalDate, RecordFile> digests = new HashMap<>();
    /// What the gateway could not open, the newest.
    private final Map<Hash, Boolean> refused = new LinkedHashMap<>();

    private final LinkedBlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final Thread writer;

    /// A request that waits.
    ///
    /// @param from when it goes on at the earliest, however many wait: a crowd of invented requests cannot
    ///     push it out
    /// @param due  when it goes on at the latest
    record Waiting(Hash digest, byte[] sealed, Instant from, Instant due) {}

    private record Arrival(Waiting request, CompletableFuture<@Nullable Void> stored) {}

    private record Place(LocalDate day, long index) {}

    /// What became of a request.
    sealed interface State {
        /// It is on disk and waits.
        record Accepted() implements State {}

        /// The gateway's sealed response, 1,056 bytes.
        record Answered(byte[] response) implements State {}

        /// The gateway has no such key.
        record Refused() implements State {}

        /// It was delivered, and its answer is deleted.
        record Gone() implements State {}

        /// There is no room: it was not accepted.
        record Full() implements State {}
    }

    /// The gateway's answer to a request.
    ///
    /// @param response 1,056 bytes; null if the gateway has no such key
    record Answer(Hash digest, byte @Nullable [] response) {}

    private SealedQueue(
            Path folder, RecordFile waitingFile, Duration longestWait, RandomGenerator random, Clock clock) {
        this.folder = folder;
        this.waitingFile = waitingFile;
        this.longestWait = longestWait;
        this.random = random;
        this.clock = clock;
        writer = Thread.ofPlatform().name("relay-disk").daemon().unstarted(this::writeArrivals);
    }

    /// Opens the queue in a folder.
    ///
    /// @param longestWait after at most this time a request is due; earlier at random
    static SealedQueue open(Path folder, Duration longestWait, RandomGenerator random, Clock clock) throws IOException {
        Files.createDirectories(folder);
        var queue = new SealedQueue(
                folder,
                RecordFile.open(folder.resolve("waiting"), RelayedRequest.SEALED_SIZE),
                longestWait,
                random,
                clock);
        queue.read();
        queue.writer.start();
        return queue;
    }

    private void read() throws IOException {
        for (var day : days("digests-")) {
            for (var digest : digestsOf(day).all()) delivered.put(Hash.of(digest), new Place(day, -1));
            forgetOldest(delivered, MOST_KNOWN);
        }
        for (var day : days("answers-")) {
            var file = answersOf(day);
            var missing = new ArrayList<byte[]>();
            for (var i = 0L; i < file.size(); i++) {
                var digest = Arrays.copyOf(file.read(i), Hash.SIZE);
                if (delivered.put(Hash.of(digest), new Place(day, i)) == null) missing.add(digest);
            }
            if (!missing.isEmpty()) digestsOf(day).append(missing); // a crash came between the two
        }
        for (var sealed : waitingFile.all()) {
            var request = waiting(sealed);
            if (!delivered.containsKey(request.digest())) waiting.put(request.digest(), request);
        }
        if (waiting.size() < waitingFile.size()) rewriteWaiting();
        forget();
    }

    private List<LocalDate> days(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(prefix))
                    .flatMap(name -> day(name.substring(prefix.length())).stream())
                    .sorted()
                    .toList();
        }
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty(); // a file that a crash left
        }
    }

    private RecordFile answersOf(LocalDate day) throws IOException {
        return fileOf(answers, "answers-", day, Hash.SIZE + RelayedRequest.SEALED_RESPONSE_SIZE);
    }

    private RecordFile digestsOf(LocalDate day) throws IOException {
        return fileOf(digests, "digests-", day, Hash.SIZE);
    }

    private synchronized RecordFile fileOf(Map<LocalDate, RecordFile> files, String prefix, LocalDate day, int length)
            throws IOException {
        var known = files.get(day);
        if (known != null) return known;
        var opened = RecordFile.open(folder.resolve(prefix + day), length);
        files.put(day, opened);
        return opened;
    }

    private Waiting waiting(byte[] sealed) {
        var longest = longestWait.toMillis();
        var from = (long) (longest * (1 + 10 * random.nextDouble()) / 12);
        var due = from + (long) ((longest - from) * random.nextDouble());
        var now = clock.instant();
        return new Waiting(Hash.sha256(sealed), sealed, now.plusMillis(from), now.plusMillis(due));
    }

    /// Takes a request, unless it is known; it is on disk when this returns.
    ///
    /// @param sealed 1,591 bytes
    /// @throws IOException if it cannot be written: then it was not accepted
    State put(byte[] sealed) throws IOException {
        var request = waiting(sealed);
        CompletableFuture<@Nullable Void> stored;
        synchronized (this) {
            var known = state(request.digest());
            if (known.isPresent()) return known.get();
            stored = arriving.get(request.digest());
            if (stored == null) {
                if (waiting.size() + arriving.size() >= MOST_WAITING) return new State.Full();
                stored = new CompletableFuture<>();
                arriving.put(request.digest(), stored);
                arrivals.add(new Arrival(request, stored));
            }
        }
        try {
            stored.get();
            return new State.Accepted();
        } catch (ExecutionException e) {
            throw new IOException("not written", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private Optional<State> state(Hash digest) throws IOException {
        if (waiting.containsKey(digest)) return Optional.of(new State.Accepted());
        if (refused.containsKey(digest)) return Optional.of(new State.Refused());
        var place = delivered.get(digest);
        if (place == null) return Optional.empty();
        if (place.index() < 0) return Optional.of(new State.Gone());
        var record = answersOf(place.day()).read(place.index());
        return Optional.of(new State.Answered(Arrays.copyOfRange(record, Hash.SIZE, record.length)));
    }

    /// Writes what has arrived, many requests with one force.
    private void writeArrivals() {
        var batch = new ArrayList<Arrival>();
        try {
            while (true) {
                batch.add(arrivals.take());
                arrivals.drainTo(batch, MOST_AT_ONCE);
                write(batch);
                batch.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void write(List<Arrival> batch) {
        synchronized (disk) {
            try {
                waitingFile.append(
                        batch.stream().map(one -> one.request().sealed()).toList());
                arrived(batch, true);
            } catch (IOException | RuntimeException | Error e) { // whatever it is, nobody may wait for ever
                arrived(batch, false);
                batch.forEach(one -> one.stored().completeExceptionally(e));
            }
        }
        batch.forEach(one -> one.stored().complete(null));
    }

    private synchronized void arrived(List<Arrival> batch, boolean isWritten) {
        for (var one : batch) {
            var digest = one.request().digest();
            arriving.remove(digest);
            if (isWritten) waiting.put(digest, one.request());
        }
    }

    /// All that wait.
    synchronized List<Waiting> waiting() {
        return List.copyOf(waiting.values());
    }

    /// Keeps answers, and forgets their requests; [#forgetDelivered] must follow.
    void keep(List<Answer> batch) throws IOException {
        synchronized (disk) {
            var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
            var file = answersOf(today);
            var digestsOfBatch = new ArrayList<byte[]>();
            var records = new ArrayList<byte[]>();
            for (var answer : batch) {
                var response = answer.response();
                if (response == null) continue;
                digestsOfBatch.add(answer.digest().bytes());
                records.add(joined(answer.digest().bytes(), response));
            }
            var first = file.size();
            if (!records.isEmpty()) {
                file.append(records);
                digestsOf(today).append(digestsOfBatch);
            }
            synchronized (this) {
                for (var i = 0; i < digestsOfBatch.size(); i++) {
                    delivered.put(Hash.of(digestsOfBatch.get(i)), new Place(today, first + i));
                }
                forgetOldest(delivered, MOST_KNOWN);
                for (var answer : batch) {
                    waiting.remove(answer.digest());
                    if (answer.response() == null) refuse(answer.digest());
                }
            }
        }
    }

    /// Writes the file of those that wait anew, without what was delivered and in random order.
    void forgetDelivered() throws IOException {
        synchronized (disk) {
            if (waitingFile.size() > waiting().size()) rewriteWaiting();
        }
    }

    private static byte[] joined(byte[] digest, byte[] response) {
        var record = Arrays.copyOf(digest, digest.length + response.length);
        System.arraycopy(response, 0, record, digest.length, response.length);
        return record;
    }

    private void refuse(Hash digest) {
        refused.put(digest, true);
        forgetOldest(refused, MOST_REFUSED);
    }

    private static void forgetOldest(Map<Hash, ?> known, int most) {
        for (var oldest = known.keySet().iterator(); known.size() > most; oldest.remove()) oldest.next();
    }

    private void rewriteWaiting() throws IOException {
        var requests = new ArrayList<byte[]>();
        for (var one : waiting()) requests.add(one.sealed());
        Collections.shuffle(requests, java.util.Random.from(random));
        waitingFile.replace(requests);
    }

    /// Deletes the answers and the digests that are over.
    void forget() throws IOException {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        synchronized (disk) {
            synchronized (this) {
                delete(answers, "answers-", today.minusDays(ANSWERS.toDays()));
                delete(digests, "digests-", today.minusDays(DIGESTS.toDays()));
                delivered.values().removeIf(place -> !digests.containsKey(place.day()));
                delivered.replaceAll(
                        (_, place) -> answers.containsKey(place.day()) ? place : new Place(place.day(), -1));
            }
        }
    }

    private void delete(Map<LocalDate, RecordFile> files, String prefix, LocalDate before) throws IOException {
        for (var day : List.copyOf(files.keySet())) {
            if (!day.isBefore(before)) continue;
            files.remove(day).close();
            Files.deleteIfExists(folder.resolve(prefix + day));
        }
    }

    @Override
    public void close() throws IOException {
        writer.interrupt();
        try {
            writer.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (disk) {
            waitingFile.close();
            for (var file : answers.values()) file.close();
            for (var file : digests.values()) file.close();
        }
    }
}
