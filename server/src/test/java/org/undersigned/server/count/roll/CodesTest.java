package org.undersigned.server.count.roll;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.record.Manifest;
import org.undersigned.server.platform.crypto.MasterKey;
import org.undersigned.server.support.MovableClock;

final class CodesTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ADA = "ada@tufts.edu";
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final MovableClock clock = new MovableClock();
    private final String key = Base64.getEncoder().encodeToString(new byte[32]);
    private final Codes codes = codes(key);

    private Codes codes(String key) {
        var limits = new CodeCounters.Limits(2, 3, 3, 5, 3, 100, PAUSE);
        return new Codes(MasterKey.parse(key, RANDOM), new CodeCounters(limits, RANDOM), clock);
    }

    private String mailed(String identity) {
        return codes.toMail(Manifest.MEMBER, identity, identity).orElseThrow();
    }

    /// Moves the clock to some seconds after a quarter of an hour began.
    private void toQuarter(long seconds) {
        var now = clock.instant().getEpochSecond();
        var next = (now / 900 + 1) * 900 + seconds;
        clock.forward(Duration.between(clock.instant(), Instant.ofEpochSecond(next)));
    }

    @Test
    void aCodeIsValidForOneQuarterOfAnHourAtLeastAndTwoAtMost() {
        toQuarter(890);
        var late = mailed(ADA);
        clock.forward(Duration.ofSeconds(900));
        assertThat(codes.isValid(Manifest.MEMBER, ADA, late)).isTrue();
        clock.forward(Duration.ofSeconds(10));
        assertThat(codes.isValid(Manifest.MEMBER, ADA, late)).isFalse();

        toQuarter(0);
        var early = mailed(ADA);
        clock.forward(Duration.ofSeconds(1790));
        assertThat(codes.isValid(Manifest.MEMBER, ADA, early)).isTrue();
        clock.forward(Duration.ofSeconds(10));
        assertThat(codes.isValid(Manifest.MEMBER, ADA, early)).isFalse();
    }

    @Test
    void everyNodeWithTheSameMasterKeyAcceptsTheCodeAndNoOther() {
        var other = Base64.getEncoder().encodeToString(new byte[] {
            1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
        });
        var code = mailed(ADA);

        assertThat(codes(key).isValid(Manifest.MEMBER, ADA, code)).isTrue();
        assertThat(codes(other).isValid(Manifest.MEMBER, ADA, code)).isFalse();
    }

    @Test
    void aCodeIsOfOneIdentityAndOneClass() {
        var code = mailed(ADA);

        assertThat(codes.isValid(Manifest.MEMBER, "bob@tufts.edu", code)).isFalse();
        assertThat(codes.isValid("in-person", ADA, code)).isFalse();
    }

    @Test
    void aCodeUsesAllSymbolsAndIsReadBack() {
        var symbols = new HashSet<Integer>();
        for (var i = 0; i < 500; i++) {
            var code = mailed("member" + i + "@tufts.edu");
            assertThat(code).matches("[0-9A-HJKMNP-TV-Z]{8}");
            code.chars().forEach(symbols::add);
            assertThat(Codes.parse(code)).contains(code);
            assertThat(Codes.parse(code.toLowerCase(Locale.ROOT))).contains(code);
        }
        assertThat(symbols).hasSize(32);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7K3M9QX0", "7k3m 9qx0", "    7K3M 9QX0\n", "7K3M-9QXO", "\u00a07K3M\u200b9QX0\t"})
    void aCodeIsReadAsItIsTyped(String typed) {
        assertThat(Codes.parse(typed)).contains("7K3M9QX0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7K3M9QX", "7K3M9QX00", "7K3M9QXU", "7K3M9QX?", "\uff17K3M9QX0"})
    void anythingElseIsNoCode(String typed) {
        assertThat(Codes.parse(typed)).isEmpty();
    }

    @Test
    void mailsEndAtTheLimitAndBeginAgainInTheNextQuarter() {
        toQuarter(0);
        var code = mailed(ADA);
        assertThat(mailed(ADA)).isEqualTo(code);
        assertThat(codes.toMail(Manifest.MEMBER, ADA, ADA)).isEmpty();
        assertThat(codes.toMail(Manifest.MEMBER, ADA, "ada@second.example")).contains(code); // another mailbox
        assertThat(codes.toMail(Manifest.MEMBER, ADA, "ada@third.example")).isEmpty(); // the fourth mail of one person
        assertThat(codes.toMail(Manifest.MEMBER, "bob@tufts.edu", "bob@tufts.edu"))
                .isPresent();
        assertThat(codes.isValid(Manifest.MEMBER, ADA, code)).isTrue();

        toQuarter(0);

        assertThat(codes.toMail(Manifest.MEMBER, ADA, ADA)).isPresent();
    }

    @Test
    void requestsEndAtTheLimitOfTheCampusAndOfTheInstance() {
        toQuarter(0);
        for (var i = 0; i < 3; i++) assertThat(codes.mayRequest("tufts.edu")).isTrue();
        for (var i = 0; i < 9; i++) assertThat(codes.mayRequest("tufts.edu")).isFalse();
        for (var i = 0; i < 2; i++) assertThat(codes.mayRequest("usc.edu")).isTrue();
        assertThat(codes.mayRequest("usc.edu")).isFalse(); // the sixth of the instance
        assertThat(codes.mayRequest("mit.edu")).isFalse();
        assertThat(codes.untilNextQuarter()).isBetween(Duration.ofSeconds(890), Duration.ofSeconds(900));

        toQuarter(0);

        assertThat(codes.mayRequest("usc.edu")).isTrue();
    }

    @Test
    void manyWrongCodesSlowTheAnswersAndTheRightCodeStillWorks() {
        toQuarter(0);
        var code = mailed(ADA);
        var begin = System.nanoTime();
        for (var i = 0; i < 3; i++)
            assertThat(codes.isValid(Manifest.MEMBER, ADA, "00000000")).isFalse();
        var quick = System.nanoTime();

        assertThat(codes.isValid(Manifest.MEMBER, ADA, code)).isTrue();

        assertThat(Duration.ofNanos(System.nanoTime() - quick)).isGreaterThanOrEqualTo(PAUSE);
        assertThat(Duration.ofNanos(quick - begin)).isLessThan(PAUSE);
    }
}
