package org.undersigned.server.content.coverage;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.coverage.LiteralReading.Why;
import org.undersigned.server.content.coverage.PhrasePieces.Piece;
import org.undersigned.server.content.coverage.Vocabulary.Modifier;

/// Converts the printed words of a figure, English or Spanish, to their literal meaning. A wrong reading would
/// attribute words to a reporter who did not use them, so every text that is not understood completely is
/// [LiteralReading.Unclear]: two numbers, a qualifier that is not directly before its number, a percentage.
public final class CrowdPhrases {
    /// In UTF-16 units; a printed figure has only a few words.
    static final int MAX_LENGTH = 300;

    private final List<Piece> pieces;

    private CrowdPhrases(List<Piece> pieces) {
        this.pieces = pieces;
    }

    /// Returns a reading for every text; never throws.
    public static LiteralReading read(String words) {
        if (words.length() > MAX_LENGTH) return new LiteralReading.Unclear(Why.TOO_LONG);
        return new CrowdPhrases(PhrasePieces.of(Tokenizer.of(words))).reading();
    }

    private LiteralReading reading() {
        var quantities = IntStream.range(0, pieces.size())
                .filter(at ->
                        pieces.get(at) instanceof PhrasePieces.Number || pieces.get(at) instanceof PhrasePieces.Vague)
                .boxed()
                .toList();
        if (quantities.isEmpty()) return hasUnknownQualifier() ? new LiteralReading.Unclear(Why.QUALIFIED) : group();
        if (hasUnknownQualifier()) return new LiteralReading.Unclear(Why.QUALIFIED);
        var first = quantities.getFirst();
        var last = quantities.getLast();
        if (quantities.size() == 1) return one(first);
        if (quantities.size() == 2
                && last == first + 2
                && pieces.get(first) instanceof PhrasePieces.Number(var low)
                && pieces.get(last) instanceof PhrasePieces.Number(var high)
                && pieces.get(first + 1) instanceof PhrasePieces.Link(var and))
            return range(first, low, and, high, last);
        // "hundreds and hundreds"
        var same = new HashSet<>(quantities.stream().map(pieces::get).toList()).size() == 1;
        return same && pieces.get(first) instanceof PhrasePieces.Vague ? one(first) : several();
    }

    private static LiteralReading several() {
        return new LiteralReading.Unclear(Why.SEVERAL_NUMBERS);
    }

    private boolean hasUnknownQualifier() {
        return pieces.contains(new PhrasePieces.Before(Modifier.UNSETTLING));
    }

    private LiteralReading group() {
        for (var piece : pieces) {
            if (piece instanceof PhrasePieces.Group(var word)) return new LiteralReading.Vague(word);
        }
        return new LiteralReading.NoNumber();
    }

    private LiteralReading one(int at) {
        var modifiers = modifiers(at, at);
        if (modifiers == null) return new LiteralReading.Unclear(Why.QUALIFIED);
        return switch (pieces.get(at)) {
            case PhrasePieces.Number(var number) -> number(number.value(), modifiers);
            case PhrasePieces.Vague(var word)
            when word == VagueWord.A_DOZEN && !modifiers.isEmpty() -> number(12, modifiers);
            case PhrasePieces.Vague(var word) -> vague(word, modifiers);
            default -> throw new AssertionError("not a quantity");
        };
    }

    private static LiteralReading number(long number, List<Modifier> modifiers) {
        if (number < 0) return new LiteralReading.Unclear(Why.NOT_COUNTABLE);
        if (modifiers.isEmpty()) return new LiteralReading.Exactly(number);
        // "at least about 200" means no more than "about 200"
        if (modifiers.contains(Modifier.ABOUT)) return new LiteralReading.About(number, number);
        if (modifiers.stream().distinct().count() > 1) return new LiteralReading.Unclear(Why.QUALIFIED);
        return switch (modifiers.getFirst()) {
            case MORE_THAN -> new LiteralReading.MoreThan(number);
            case AT_LEAST -> new LiteralReading.AtLeast(number);
            case FEWER_THAN -> new LiteralReading.FewerThan(number);
            case AT_MOST -> new LiteralReading.AtMost(number);
            default -> new LiteralReading.Unclear(Why.QUALIFIED); // "between 200"
        };
    }

    /// "At least several hundred" means the same as "several hundred"; "up to several hundred" means less.
    private static LiteralReading vague(VagueWord word, List<Modifier> modifiers) {
        var noLess = modifiers.stream().allMatch(one -> one == Modifier.AT_LEAST || one == Modifier.MORE_THAN);
        return noLess ? new LiteralReading.Vague(word) : new LiteralReading.Unclear(Why.QUALIFIED);
    }

    private LiteralReading range(int first, Numerals.Number low, boolean and, Numerals.Number high, int last) {
        var modifiers = modifiers(first, last);
        if (modifiers == null) return new LiteralReading.Unclear(Why.QUALIFIED);
        var between = modifiers.remove(Modifier.BETWEEN);
        if (and && !between) return several(); // "200 and 300"
        if (low.value() < 0 || high.value() < 0) return new LiteralReading.Unclear(Why.NOT_COUNTABLE);
        // "10 to 15 thousand" is ambiguous: from 10 or from 10,000
        var unclear = !low.scaled() && high.scaled() && low.value() < high.mantissa();
        if (unclear || low.value() > high.value()) return new LiteralReading.Unclear(Why.QUALIFIED);
        if (modifiers.isEmpty()) return new LiteralReading.Between(low.value(), high.value());
        var about = modifiers.stream().allMatch(one -> one == Modifier.ABOUT);
        return about
                ? new LiteralReading.About(low.value(), high.value())
                : new LiteralReading.Unclear(Why.QUALIFIED); // "more than 200 to 300"
    }

    /// Returns the qualifiers directly before the quantity and the qualifier after it. Returns null if a qualifier
    /// stands further before the quantity, because it may then qualify something else: "nearly all of the 200".
    private @Nullable List<Modifier> modifiers(int first, int last) {
        var found = new ArrayList<Modifier>();
        var adjacent = true;
        for (var at = first - 1; at >= 0; at--) {
            var modifier = before(pieces.get(at));
            if (modifier != null && !adjacent) return null;
            if (modifier == null) adjacent = false;
            else found.add(modifier);
        }
        afterthought(last).ifPresent(at -> found.add(((PhrasePieces.After) pieces.get(at)).modifier()));
        if (pieces.size() > last + 1
                && pieces.getLast() instanceof PhrasePieces.Before(var modifier)
                && (modifier == Modifier.AT_LEAST || modifier == Modifier.AT_MOST))
            found.add(modifier); // "200, at least"
        return found;
    }

    private OptionalInt afterthought(int last) {
        return IntStream.range(last + 1, pieces.size())
                .filter(at -> pieces.get(at) instanceof PhrasePieces.After)
                .findFirst();
    }

    private static @Nullable Modifier before(Piece piece) {
        return switch (piece) {
            case PhrasePieces.Before(var modifier) -> modifier;
            case PhrasePieces.After(var _, var also) -> also;
            default -> null;
        };
    }
}
