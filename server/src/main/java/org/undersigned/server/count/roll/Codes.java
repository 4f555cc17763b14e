package org.undersigned.server.count.roll;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// One-time codes: 8 digits, 15 minutes, 5 tries. A person types the code; the mail has no link, because mail
/// scanners follow links. The database stores only keyed tags of the canonical identity and of the code. It uses
/// the canonical identity, so that another spelling of an address gives neither more mails nor more tries.
final class Codes {
    static final Duration VALID = Duration.ofMinutes(15);
    private static final int TRIES = 5;
    private static final int MAX_MAILS = 5; // per person while a code is valid, so that nobody can flood a mailbox

    private final Jdbi jdbi;
    private final SecureRandom random;
    private final Clock clock;

    Codes(Jdbi jdbi, SecureRandom random, Clock clock) {
        this.jdbi = jdbi;
        this.random = random;
        this.clock = clock;
    }

    /// The result of checking a typed code.
    enum CodeCheck {
        RIGHT,
        /// Right, but already used: only a repetition of the same draw is accepted.
        USED,
        WRONG
    }

    /// Makes a code for a canonical identity and replaces any earlier code. Returns empty if that person has
    /// already received the maximum number of mails for now.
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

    /// Checks a typed code. A wrong code costs one try, in a separate transaction, so that no rollback gives the
    /// try back.
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

    /// Marks the code as used, inside the draw's own transaction.
    void markUsed(Handle transaction, RollKey key, String identity) {
        var store = new RollStore(transaction);
        store.lockCode(key.identityTag(identity))
                .ifPresent(row -> store.putCode(
                        key.identityTag(identity),
                        new RollStore.CodeRow(row.codeTag(), row.expires(), row.triesLeft(), row.mails(), true)));
    }
}
