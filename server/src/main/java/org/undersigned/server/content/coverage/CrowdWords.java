package org.undersigned.server.content.coverage;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.coverage.Pieces.Piece;
import org.undersigned.server.content.coverage.Reading.Why;
import org.undersigned.server.content.coverage.Vocabulary.Modifier;

/// Reads the printed words of a figure, English or Spanish, into what they literally say. Whoever reads too
/// much puts words into a reporter's mouth, so whatever is not understood whole is [Reading.Unclear]: two
/// numbers, a qualifier that does not stand right before its number, a percentage.
public final class CrowdWords {
    /// In UTF-16 units; a printed figure is a few words.
    static final int MAX_LENGTH = 300;

    private final List<Piece> pieces;

    private CrowdWords(List<Piece> pieces) {
        this.pieces = pieces;
    }

    /// Total: never throws on any text.
    public static Reading read(String words) {
        if (words.length() > MAX_LENGTH) return new Reading.Unclear(Why.TOO_LONG);
        return new CrowdWords(Pieces.of(Tokens.of(words))).reading();
    }

    private Reading reading() {
        var quantities = IntStream.range(0, pieces.size())
                .filter(at -> pieces.get(at) instanceof Pieces.Number || pieces.get(at) instanceof Pieces.Vague)
                .boxed()
                .toList();
        if (quantities.isEmpty()) return unsettled() ? new Reading.Unclear(Why.QUALIFIED) : group();
        if (unsettled()) return new Reading.Unclear(Why.QUALIFIED);
        var first = quantities.getFirst();
        var last = quantities.getLast();
        if (quantities.size() == 1) return one(first);
        if (quantities.size() == 2
                && last == first + 2
                && pieces.get(first) instanceof Pieces.Number(var low)
                && pieces.get(last) instanceof Pieces.Number(var high)
                && pieces.get(first + 1) instanceof Pieces.Link(var and)) return range(first, low, and, high, last);
        // "hundreds and hundreds"
        var same = new HashSet<>(quantities.stream().map(pieces::get).toList()).size() == 1;
        return same && pieces.get(first) instanceof Pieces.Vague ? one(first) : several();
    }

    private static Reading several() {
        return new Reading.Unclear(Why.SEVERAL_NUMBERS);
    }

    private boolean unsettled() {
        return pieces.contains(new Pieces.Before(Modifier.UNSETTLING));
    }

    private Reading group() {
        for (var piece : pieces) {
            if (piece instanceof Pieces.Group(var word)) return new Reading.Vague(word);
        }
        return new Reading.NoNumber();
    }

    private Reading one(int at) {
        var modifiers = modifiers(at, at);
        if (modifiers == null) return new Reading.Unclear(Why.QUALIFIED);
        return switch (pieces.get(at)) {
            case Pieces.Number(var number) -> number(number.value(), modifiers);
            case Pieces.Vague(var word) when word == VagueWord.A_DOZEN && !modifiers.isEmpty() -> number(12, modifiers);
            case Pieces.Vague(var word) -> vague(word, modifiers);
            default -> throw new AssertionError("not a quantity");
        };
    }

    private static Reading number(long number, List<Modifier> modifiers) {
        if (number < 0) return new Reading.Unclear(Why.NOT_COUNTABLE);
        if (modifiers.isEmpty()) return new Reading.Exactly(number);
        // "at least about 200" promises no more than "about 200"
        if (modifiers.contains(Modifier.ABOUT)) return new Reading.About(number, number);
        if (modifiers.stream().distinct().count() > 1) return new Reading.Unclear(Why.QUALIFIED);
        return switch (modifiers.getFirst()) {
            case MORE_THAN -> new Reading.MoreThan(number);
            case AT_LEAST -> new Reading.AtLeast(number);
            case FEWER_THAN -> new Reading.FewerThan(number);
            case AT_MOST -> new Reading.AtMost(number);
            default -> new Reading.Unclear(Why.QUALIFIED); // "between 200"
        };
    }

    /// "At least several hundred" says no more than "several hundred"; "up to several hundred" says less.
    private static Reading vague(VagueWord word, List<Modifier> modifiers) {
        var noLess = modifiers.stream().allMatch(one -> one == Modifier.AT_LEAST || one == Modifier.MORE_THAN);
        return noLess ? new Reading.Vague(word) : new Reading.Unclear(Why.QUALIFIED);
    }

    private Reading range(int first, Numerals.Number low, boolean and, Numerals.Number high, int last) {
        var modifiers = modifiers(first, last);
        if (modifiers == null) return new Reading.Unclear(Why.QUALIFIED);
        var between = modifiers.remove(Modifier.BETWEEN);
        if (and && !between) return several(); // "200 and 300"
        if (low.value() < 0 || high.value() < 0) return new Reading.Unclear(Why.NOT_COUNTABLE);
        // "10 to 15 thousand": ten, or ten thousand?
        var unclear = !low.scaled() && high.scaled() && low.value() < high.mantissa();
        if (unclear || low.value() > high.value()) return new Reading.Unclear(Why.QUALIFIED);
        if (modifiers.isEmpty()) return new Reading.Between(low.value(), high.value());
        var about = modifiers.stream().allMatch(one -> one == Modifier.ABOUT);
        return about
                ? new Reading.About(low.value(), high.value())
                : new Reading.Unclear(Why.QUALIFIED); // "more than 200 to 300"
    }

    /// What stands right before the quantity and, as an afterthought, behind it; null if a qualifier stands
    /// somewhere else before it, where it may qualify anything: "nearly all of the 200".
    private @Nullable List<Modifier> modifiers(int first, int last) {
        var found = new ArrayList<Modifier>();
        var adjacent = true;
        for (var at = first - 1; at >= 0; at--) {
            var modifier = before(pieces.get(at));
            if (modifier != null && !adjacent) return null;
            if (modifier == null) adjacent = false;
            else found.add(modifier);
        }
        afterthought(last).ifPresent(at -> found.add(((Pieces.After) pieces.get(at)).modifier()));
        if (pieces.size() > last + 1
                && pieces.getLast() instanceof Pieces.Before(var modifier)
                && (modifier == Modifier.AT_LEAST || modifier == Modifier.AT_MOST))
            found.add(modifier); // "200, at least"
        return found;
    }

    private OptionalInt afterthought(int last) {
        return IntStream.range(last + 1, pieces.size())
                .filter(at -> pieces.get(at) instanceof Pieces.After)
                .findFirst();
    }

    private static @Nullable Modifier before(Piece piece) {
        return switch (piece) {
            case Pieces.Before(var modifier) -> modifier;
            case Pieces.After(var _, var also) -> also;
            default -> null;
        };
    }
}
