package org.undersigned.server.count.roll;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Typed codes: 8 digits, 15 minutes, 5 tries. A code is typed, never followed as a link, because mail scanners
/// follow links. Only keyed tags of identity and code are kept: of the canonical identity, so that another
/// spelling of an address brings neither more mails nor more tries.
final class Codes {
    static final Duration VALID = Duration.ofMinutes(15);
    private static final int TRIES = 5;
    private static final int MAX_MAILS = 5; // to one person while a code of theirs lives: nobody's mailbox is flooded

    private final Jdbi jdbi;
    private final SecureRandom random;
    private final Clock clock;

    Codes(Jdbi jdbi, SecureRandom random, Clock clock) {
        this.jdbi = jdbi;
        this.random = random;
        this.clock = clock;
    }

    /// What a typed code turned out to be.
    enum CodeCheck {
        RIGHT,
        /// Right, but it has done its work: only a repetition of that very draw is answered.
        USED,
        WRONG
    }

    /// Makes a code for a canonical identity, in place of any before; empty when that person got enough mails for
    /// now.
    Optional<String> make(RollKey key, String identity) {
        var code = String.format(Locale.ROOT, "%08d", random.nextInt(100_000_000));
        return jdbi.inTransaction(transaction -> {
            var store = new RollStore(transaction);
            var now = clock.instant();
            store.forgetCodes(now);
            var before = store.lockCode(key.identityTag(identity));
            var mails = before.map(RollStore.CodeRow::mails).orElse(0);
            if (mails >= MAX_MAILS) return Optional.empty();
            store.putCode(
                    key.identityTag(identity),
                    new RollStore.CodeRow(key.codeTag(identity, code), now.plus(VALID), TRIES, mails + 1, false));
            return Optional.of(code);
        });
    }

    /// Judges a typed code; a wrong one costs a try, in a transaction of its own so that no rollback gives it
    /// back.
    CodeCheck check(RollKey key, String identity, String code) {
        return jdbi.inTransaction(transaction -> {
            var store = new RollStore(transaction);
            var row = store.lockCode(key.identityTag(identity)).orElse(null);
            if (row == null || row.triesLeft() == 0 || !clock.instant().isBefore(row.expires())) return CodeCheck.WRONG;
            if (MessageDigest.isEqual(row.codeTag(), key.codeTag(identity, code))) {
                return row.used() ? CodeCheck.USED : CodeCheck.RIGHT;
            }
            store.putCode(
                    key.identityTag(identity),
                    new RollStore.CodeRow(row.codeTag(), row.expires(), row.triesLeft() - 1, row.mails(), row.used()));
            return CodeCheck.WRONG;
        });
    }

    /// Part of the draw's own transaction: the code has done its work.
    void markUsed(Handle transaction, RollKey key, String identity) {
        var store = new RollStore(transaction);
        store.lockCode(key.identityTag(identity))
                .ifPresent(row -> store.putCode(
                        key.identityTag(identity),
                        new RollStore.CodeRow(row.codeTag(), row.expires(), row.triesLeft(), row.mails(), true)));
    }
}
