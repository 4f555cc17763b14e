package org.undersigned.server.content.coverage;

import static org.undersigned.server.content.coverage.Vocabulary.ONE;
import static org.undersigned.server.content.coverage.Vocabulary.SCALES;
import static org.undersigned.server.content.coverage.Vocabulary.SMALL;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one number from tokens: "2600", "11 million", "two dozen", "a hundred and fifty", "treinta y cinco
/// mil".
final class Numerals {
    /// The largest number that is accepted, more than the number of people in the world. The value of a larger
    /// number is -1.
    static final long MOST = 10_000_000_000L;

    private static final int LONGEST_NUMERAL = 15;
    private static final long MOST_BEFORE_SCALE = 1_000_000; // multiplied by a billion it still fits in a long

    /// @param value    what was read; -1 if it is not a whole number from 0 to [#MOST]
    /// @param mantissa the number before its scale: 15 in "15 thousand"
    /// @param length   in tokens
    record Number(long value, long mantissa, int length) {
        boolean scaled() {
            return value != mantissa;
        }
    }

    private final List<Tokenizer.Token> tokens;
    private int at;

    private Numerals(List<Tokenizer.Token> tokens, int at) {
        this.tokens = tokens;
        this.at = at;
    }

    /// Returns the number that begins at `start`, or null if no number begins there.
    static @Nullable Number at(List<Tokenizer.Token> tokens, int start) {
        var numerals = new Numerals(tokens, start);
        return numerals.word(0).numeral() ? numerals.fromDigits(start) : numerals.fromWords(start);
    }

    private Tokenizer.Token word(int ahead) {
        return at + ahead < tokens.size() ? tokens.get(at + ahead) : new Tokenizer.Token("", false, false);
    }

    private @Nullable Long scale(int ahead) {
        return SCALES.get(word(ahead).text());
    }

    private Number fromDigits(int start) {
        var first = word(0);
        at++;
        if (first.text().length() > LONGEST_NUMERAL) return new Number(-1, -1, 1);
        var mantissa = new BigDecimal(first.text());
        var value = mantissa;
        var scale = scale(0);
        while (scale != null) {
            if (first.grouped() && scale >= 1_000_000) value = BigDecimal.ONE.negate(); // "1.500 million": unclear
            value = value.multiply(BigDecimal.valueOf(scale));
            at++;
            scale = scale(0);
        }
        return new Number(whole(value), whole(mantissa), at - start);
    }

    private static long whole(BigDecimal value) {
        var plain = value.stripTrailingZeros();
        var countable = plain.signum() >= 0 && plain.scale() <= 0 && plain.compareTo(BigDecimal.valueOf(MOST)) <= 0;
        return countable ? plain.longValueExact() : -1;
    }

    private @Nullable Number fromWords(int start) {
        var total = 0L;
        var current = -1L; // no number word yet
        var mantissa = -1L;
        while (at < tokens.size() && total <= MOST && current <= MOST_BEFORE_SCALE) {
            var small = SMALL.get(word(0).text());
            var scale = scale(0);
            if (small != null && mayFollow(small, current)) {
                current = Math.max(current, 0) + small;
                at++;
            } else if (current < 0 && total == 0 && ONE.contains(word(0).text()) && scale(1) != null) {
                current = 1;
                at++;
            } else if (scale != null && (current > 0 || word(0).text().equals("mil"))) {
                if (mantissa < 0) mantissa = Math.max(current, 1);
                var scaled = Math.max(current, 1) * scale;
                at++;
                if (scale < 1000) {
                    current = scaled;
                } else {
                    total += scaled;
                    current = 0;
                }
            } else if (joins(current, total)) {
                at++;
            } else {
                break;
            }
        }
        if (at == start) return null;
        var value = total + Math.max(current, 0);
        return new Number(value > MOST ? -1 : value, mantissa < 0 ? value : mantissa, at - start);
    }

    /// Units may follow tens, numbers below a hundred may follow hundreds, and any number may come first.
    private static boolean mayFollow(int small, long current) {
        if (current <= 0) return true;
        if (current % 100 == 0) return small < 100 && small > 0;
        return current % 10 == 0 && current % 100 >= 20 && small < 10 && small > 0;
    }

    /// True for the "and" of "a hundred and fifty" and the "y" of "treinta y cinco"; false for the "and" of
    /// "between a hundred and two hundred".
    private boolean joins(long current, long total) {
        var next = SMALL.get(word(1).text());
        if (next == null || next == 0 || next >= 100) return false;
        return switch (word(0).text()) {
            case "and" -> scale(2) == null && (current > 0 ? current % 100 == 0 : total > 0 && current == 0);
            case "y" -> current % 100 >= 20 && current % 10 == 0 && next < 10;
            default -> false;
        };
    }
}
