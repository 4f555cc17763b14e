package org.undersigned.server.count.roll;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.undersigned.tlog.Hash;

/// Counts requests for codes, code mails and wrong codes in each quarter of an hour, in memory, under hashes with a
/// random key of this process. No limit takes away what a person has: all mails of a quarter have the same code, and
/// too many wrong codes only slow the answers.
final class CodeCounters {
    private static final int MOST = 200_000;

    private final Limits limits;
    private final byte[] key = new byte[32];
    private final Cache<Hash, AtomicInteger> counters = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(Codes.QUARTER)
            .scheduler(Scheduler.systemScheduler()) // also when nothing happens any more
            .build();

    /// How much may happen in a quarter of an hour.
    ///
    /// @param mailsOfMailbox     mails to one address
    /// @param mailsOfIdentity    mails to all addresses of one canonical identity
    /// @param requestsOfCampus   requests for codes at one campus
    /// @param requestsOfInstance requests for codes at all campuses
    /// @param wrongOfIdentity    wrong codes for one canonical identity until answers slow down: ten thousand
    ///     guess one of the two valid codes of 2^40 with a chance of 2·10^-8
    /// @param wrongOfInstance    wrong codes for all identities until all answers slow down
    /// @param pause              how much longer a slow answer takes
    record Limits(
            int mailsOfMailbox,
            int mailsOfIdentity,
            int requestsOfCampus,
            int requestsOfInstance,
            int wrongOfIdentity,
            int wrongOfInstance,
            Duration pause) {
        static final Limits USUAL = new Limits(5, 20, 10_000, 200_000, 10_000, 100_000, Duration.ofSeconds(2));
    }

    CodeCounters(Limits limits, SecureRandom random) {
        this.limits = limits;
        random.nextBytes(key);
    }

    /// Counts a request for a code at a campus.
    ///
    /// @return false if the campus or the instance has used up its requests of this quarter
    boolean mayRequest(String campus, long quarter) {
        // what one campus has too many does not count for the others
        return add("requests", campus, quarter) <= limits.requestsOfCampus()
                && add("requests", "", quarter) <= limits.requestsOfInstance();
    }

    /// Counts a mail to a mailbox of a canonical identity. A stranger who requests mails to a spelling that is not
    /// delivered uses up that spelling first.
    ///
    /// @return false if the mail would be one too many in this quarter
    boolean mayMail(String identity, String mailbox, long quarter) {
        return add("mailbox", mailbox.toLowerCase(Locale.ROOT), quarter) <= limits.mailsOfMailbox()
                && add("mails", identity, quarter) <= limits.mailsOfIdentity();
    }

    /// Counts a wrong code for a canonical identity.
    void countWrong(String identity, long quarter) {
        add("wrong", "", quarter);
        add("wrong", identity, quarter);
    }

    /// Returns the time to wait before a code for this identity is checked: zero, until too many were wrong.
    Duration pause(String identity, long quarter) {
        var isSlow = get("wrong", "", quarter) >= limits.wrongOfInstance()
                || get("wrong", identity, quarter) >= limits.wrongOfIdentity();
        return isSlow ? limits.pause() : Duration.ZERO;
    }

    private int add(String kind, String whose, long quarter) {
        return counters.get(name(kind, whose, quarter), _ -> new AtomicInteger())
                .incrementAndGet();
    }

    private int get(String kind, String whose, long quarter) {
        var counter = counters.getIfPresent(name(kind, whose, quarter));
        return counter == null ? 0 : counter.get();
    }

    private Hash name(String kind, String whose, long quarter) {
        var text = kind + "\0" + quarter + "\0" + whose;
        return Hash.sha256(key, text.getBytes(StandardCharsets.UTF_8));
    }
}
