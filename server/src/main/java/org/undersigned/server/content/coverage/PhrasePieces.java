package org.undersigned.server.content.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.coverage.Vocabulary.Modifier;

/// Converts tokens to pieces with a meaning for a figure; tries the longest phrase first.
final class PhrasePieces {
    sealed interface Piece {}

    record Number(Numerals.Number read) implements Piece {}

    record Vague(VagueWord word) implements Piece {}

    record Group(VagueWord word) implements Piece {}

    record Before(Modifier modifier) implements Piece {}

    /// @param alsoBefore the meaning of the phrase if it is before a number, or null: "+" can stand on either side
    record After(Modifier modifier, @Nullable Modifier alsoBefore) implements Piece {}

    /// @param and true for "and" and "y"; false for the words of a range, such as "to" and "-"
    record Link(boolean and) implements Piece {}

    record Other() implements Piece {}

    private final List<Tokenizer.Token> tokens;
    private final List<Piece> pieces = new ArrayList<>();
    private int at;

    private PhrasePieces(List<Tokenizer.Token> tokens) {
        this.tokens = tokens;
    }

    static List<Piece> of(List<Tokenizer.Token> tokens) {
        var withoutArticles = tokens.stream()
                .filter(token -> !Vocabulary.ARTICLES.contains(token.text()))
                .toList();
        var pieces = new PhrasePieces(withoutArticles);
        while (pieces.at < withoutArticles.size()) {
            pieces.pieces.add(pieces.next());
        }
        return List.copyOf(pieces.pieces);
    }

    private Piece next() {
        for (var length = Math.min(Vocabulary.LONGEST, tokens.size() - at); length > 0; length--) {
            var piece = phrase(at, length);
            if (piece != null) {
                at += length;
                return piece;
            }
        }
        var number = Numerals.at(tokens, at);
        if (number != null) {
            at += number.length();
            return new Number(number);
        }
        return single(tokens.get(at++).text());
    }

    private @Nullable Piece phrase(int from, int length) {
        var text = tokens.subList(from, from + length).stream()
                .map(Tokenizer.Token::text)
                .collect(Collectors.joining(" "));
        var half = Vocabulary.HALVES.get(text);
        if (half != null) return new Number(new Numerals.Number(half, half, length));
        var vague = Vocabulary.VAGUE.get(text);
        // "a dozen thousand": a scale after "a dozen" makes it part of a number
        if (vague != null && !(vague == VagueWord.A_DOZEN && scaleAt(from + length))) return new Vague(vague);
        var after = Vocabulary.SUFFIX_MODIFIERS.get(text);
        if (text.equals("miles") && tokens.size() == 1) return new Vague(VagueWord.THOUSANDS); // Spanish, alone
        var before = Vocabulary.MODIFIERS.get(text);
        if (after != null) return new After(after, before);
        if (before != null) return new Before(before);
        var group = Vocabulary.GROUPS.get(text);
        return group == null ? null : new Group(group);
    }

    private boolean scaleAt(int index) {
        return index < tokens.size()
                && Vocabulary.SCALES.containsKey(tokens.get(index).text());
    }

    private Piece single(String text) {
        return switch (text) {
            case "and", "y" -> new Link(true);
            case "to", "-", "a", "or", "o" -> new Link(false);
            // a scale without a number before it: "umpteen thousand"
            default -> Vocabulary.SCALES.containsKey(text) ? new Before(Modifier.UNSETTLING) : new Other();
        };
    }
}
