package org.undersigned.server.count.roll;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.undersigned.record.LedgerLeaf;
import org.undersigned.record.Manifest;
import org.undersigned.record.WrittenCode;
import org.undersigned.server.count.register.Register;
import org.undersigned.server.platform.crypto.MasterKey;

/// The cards with which people draw a book in person, without an address (PROTOCOL §4). The ledger says how many were
/// made before one can be used, and how many drew at most when the unused ones are cancelled: at the end of their time,
/// or before.
public final class Cards {
    /// The fewest cards that are made at once.
    public static final int FEWEST = LedgerLeaf.CardsMade.FEWEST;
    /// The most cards that are made at once.
    public static final int MOST = 2_000;

    private static final String NAME_SYMBOLS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int NAME_LENGTH = 8;

    private final Jdbi jdbi;
    private final Register register;
    private final MasterKey masterKey;
    private final SecureRandom random;
    private final Clock clock;

    public Cards(Jdbi jdbi, Register register, MasterKey masterKey, SecureRandom random, Clock clock) {
        this.jdbi = jdbi;
        this.register = register;
        this.masterKey = masterKey;
        this.random = random;
        this.clock = clock;
    }

    /// New cards.
    ///
    /// @param codes in random order, each 16 bytes ([WrittenCode#CARD]); stored nowhere
    public record Made(String batch, Instant until, List<byte[]> codes) {
        @Override
        public String toString() {
            return "Made(" + batch + ")";
        }
    }

    /// Makes cards for a campus, lets `printer` print them, registers their number in the ledger, and from then on
    /// people can use them. If `printer` fails, or the program ends in between, none of them can ever be used.
    ///
    /// @param count from 10 to 2,000
    /// @param until when they end; they end with the campus's roll-year if that is earlier
    /// @return empty if the instance has no such campus
    /// @throws IllegalArgumentException for another number, or an end that is not in the future
    public Optional<Made> make(String campus, int count, Instant until, Consumer<Made> printer) {
        if (count < FEWEST || count > MOST) {
            throw new IllegalArgumentException("the number of cards must be from " + FEWEST + " to " + MOST);
        }
        var roll = jdbi.withHandle(handle -> {
            var store = new RollStore(handle);
            return store.rollWith(campus);
        });
        if (roll.isEmpty()) return Optional.empty();
        var yearEnds = roll.get().yearEnds();
        var end = until.isAfter(yearEnds) ? yearEnds : until;
        if (!end.isAfter(clock.instant())) throw new IllegalArgumentException("these cards would be over already");
        var made = new Made(
                newName(),
                end.truncatedTo(ChronoUnit.SECONDS),
                Stream.generate(this::newCode).limit(count).toList());
        printer.accept(made);
        var key = RollKey.of(roll.get(), masterKey);
        var tags = new ArrayList<byte[]>();
        for (var code : made.codes()) tags.add(tag(key, code));
        tags.sort(Arrays::compareUnsigned); // not in the order of the printed cards
        register.withLock(appender -> {
            jdbi.useTransaction(transaction ->
                    new CardStore(transaction).add(made.batch(), roll.get().roll(), made.until(), tags));
            appender.append(new LedgerLeaf.CardsMade(
                    made.batch(), roll.get().roll(), campusesOf(roll.get().roll()), count, today(), made.until()));
        });
        return Optional.of(made);
    }

    private List<String> campusesOf(String roll) {
        return jdbi.withHandle(handle -> new RollStore(handle).campusesOf(roll));
    }

    /// The tag of a card's book: the canonical identity is the card's code.
    static byte[] tag(RollKey key, byte[] code) {
        return key.tag(Manifest.IN_PERSON, WrittenCode.CARD.symbols(code));
    }

    /// True if the ledger says that the cards of this batch were made.
    boolean isRegistered(String batch) {
        return register.cards().stream().anyMatch(one -> one.batch().equals(batch));
    }

    /// Cards that can be used now.
    ///
    /// @param roll        whose people can use them
    /// @param drawnAtMost how many drew a book, rounded up to a multiple of ten
    public record Usable(String batch, String roll, int cards, int drawnAtMost, Instant until) {}

    public List<Usable> usable() {
        var now = clock.instant();
        return jdbi.withHandle(handle -> new CardStore(handle).batches()).stream()
                .filter(one -> one.until().isAfter(now))
                .map(one -> new Usable(one.batch(), one.roll(), one.cards(), rounded(one), one.until()))
                .toList();
    }

    private static int rounded(CardStore.BatchRow row) {
        return LedgerLeaf.CardsCancelled.rounded(row.drawn());
    }

    /// Cancels the unused cards of a batch, and says so in the ledger. The books that were drawn stay.
    ///
    /// @return false if no such cards can be used
    public boolean cancel(String batch) {
        var isEnded = withoutDraws(store -> store.end(batch, clock.instant()));
        cancelEnded();
        return isEnded;
    }

    /// Runs `work` after every draw with a card that began before, and before every one that begins later.
    private <T> T withoutDraws(Function<CardStore, T> work) {
        return jdbi.inTransaction(transaction -> {
            var store = new CardStore(transaction);
            store.lockDraws();
            return work.apply(store);
        });
    }

    /// Cancels the cards whose time is over, and deletes those that a crash left before they were registered. Each step
    /// may be repeated after a crash: the same leaf is appended once.
    public void cancelEnded() {
        var now = clock.instant();
        var batches = jdbi.withHandle(handle -> new CardStore(handle).batches());
        if (batches.stream().anyMatch(one -> !one.ended() && !one.until().isAfter(now))) {
            var _ = withoutDraws(store -> {
                store.endOver(now);
                return true;
            });
        }
        for (var batch : batches) {
            if (!batch.ended() && batch.until().isAfter(now) && isRegistered(batch.batch())) continue;
            var over = new ArrayList<String>();
            register.withLock(
                    appender -> { // nobody makes cards meanwhile
                        var row = jdbi.withHandle(handle -> new CardStore(handle).batch(batch.batch()));
                        if (row.isEmpty()) return; // another node was first
                        var isMade = isRegistered(batch.batch());
                        if (isMade && !row.get().ended()) return;
                        if (isMade) appender.append(cancelled(row.get()));
                        over.add(batch.batch());
                    });
            jdbi.useTransaction(transaction -> over.forEach(new CardStore(transaction)::delete));
        }
    }

    /// Its day is that of the end, so that a later repetition gives the same leaf.
    private static LedgerLeaf.CardsCancelled cancelled(CardStore.BatchRow row) {
        return new LedgerLeaf.CardsCancelled(
                row.batch(), LocalDate.ofInstant(row.until(), ZoneOffset.UTC), rounded(row));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private byte[] newCode() {
        var code = new byte[WrittenCode.SIZE];
        random.nextBytes(code);
        return code;
    }

    private String newName() {
        return random.ints(NAME_LENGTH, 0, NAME_SYMBOLS.length())
                .mapToObj(NAME_SYMBOLS::charAt)
                .map(String::valueOf)
                .collect(Collectors.joining());
    }
}
