package org.undersigned.server.count.roll;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.undersigned.server.platform.crypto.HmacKey;
import org.undersigned.server.platform.crypto.MasterKey;

/// Codes that prove that a person reads the mail of an address (PROTOCOL §4). A code is not stored anywhere: it is
/// eight characters of a keyed hash of the class, the canonical identity and the quarter of an hour. So every mail of
/// a quarter has the same code, whoever requests it, every node of the instance accepts it, and nothing on a disk
/// shows who requested one. A person types the code; the mail has no link, because mail scanners follow links.
public final class Codes {
    /// The shortest time for which a code is valid; the longest is twice as long.
    static final Duration QUARTER = Duration.ofMinutes(15);

    /// Crockford's base 32, without the letters I, L, O and U. [#parse] reads I and L as 1, and O as 0.
    private static final String SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int LENGTH = 8; // 40 bits

    private final HmacKey key;
    private final CodeCounters counters;
    private final Clock clock;

    public Codes(MasterKey masterKey, SecureRandom random, Clock clock) {
        this(masterKey, new CodeCounters(CodeCounters.Limits.USUAL, random), clock);
    }

    Codes(MasterKey masterKey, CodeCounters counters, Clock clock) {
        this.key = new HmacKey(masterKey.derive("code"));
        this.counters = counters;
        this.clock = clock;
    }

    /// Counts a request for a code at a campus.
    ///
    /// @return false if the campus or the instance has used up its requests of this quarter of an hour
    boolean mayRequest(String campus) {
        return counters.mayRequest(campus, quarter());
    }

    /// Returns the code of this quarter of an hour, 8 symbols; empty if the mailbox or the identity has received enough
    /// mails with it.
    ///
    /// @param mailbox the address to which the mail goes
    Optional<String> toMail(String cls, String identity, String mailbox) {
        var quarter = quarter();
        var mayMail = counters.mayMail(identity, mailbox, quarter);
        return mayMail ? Optional.of(code(cls, identity, quarter)) : Optional.empty();
    }

    /// The code of this quarter of an hour, 8 symbols, without counting anything: for the bench, which draws for many.
    public String current(String cls, String identity) {
        return code(cls, identity, quarter());
    }

    /// True if `code` is the code of this quarter of an hour or of the one before. Takes the same time in every case,
    /// and longer if too many wrong codes were tried before.
    ///
    /// @param code as [#parse] returns it
    boolean isValid(String cls, String identity, String code) {
        var quarter = quarter();
        wait(counters.pause(identity, quarter));
        var typed = code.getBytes(StandardCharsets.US_ASCII);
        var now = MessageDigest.isEqual(typed, code(cls, identity, quarter).getBytes(StandardCharsets.US_ASCII));
        var before =
                MessageDigest.isEqual(typed, code(cls, identity, quarter - 1).getBytes(StandardCharsets.US_ASCII));
        var valid = now | before;
        if (!valid) counters.countWrong(identity, quarter);
        return valid;
    }

    private static void wait(Duration pause) {
        try {
            if (pause.isPositive()) Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The time until the next quarter of an hour begins.
    Duration untilNextQuarter() {
        return Duration.between(clock.instant(), Instant.ofEpochSecond((quarter() + 1) * QUARTER.toSeconds()));
    }

    /// Reads a code as a person types or pastes it: upper or lower case, with blanks or hyphens anywhere.
    ///
    /// @return 8 symbols; empty if `typed` is no code
    static Optional<String> parse(String typed) {
        var symbols = typed.replaceAll("[\\s\\p{Z}\\p{Cf}-]", "")
                .toUpperCase(Locale.ROOT)
                .replace('I', '1')
                .replace('L', '1')
                .replace('O', '0');
        var isCode = symbols.length() == LENGTH && symbols.chars().allMatch(symbol -> SYMBOLS.indexOf(symbol) >= 0);
        return isCode ? Optional.of(symbols) : Optional.empty();
    }

    /// The number of this quarter of an hour since 1970.
    private long quarter() {
        return clock.instant().getEpochSecond() / QUARTER.toSeconds();
    }

    private String code(String cls, String identity, long quarter) {
        var hash = key.tag(cls + "\0" + identity + "\0" + quarter);
        var code = new StringBuilder(LENGTH);
        for (var i = 0; i < LENGTH; i++) code.append(SYMBOLS.charAt(hash[i] & 31));
        return code.toString();
    }
}
