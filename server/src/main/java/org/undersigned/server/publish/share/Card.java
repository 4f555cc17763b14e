package org.undersigned.server.publish.share;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the picture of a page says, in one language. Empty where there is nothing to say.
///
/// @param where   a campus or a campaign, above the title
/// @param notice  what nobody must miss: that an action is cancelled
/// @param detail  such as the day and the place
/// @param counted when it was counted; empty if no figure is shown
/// @param figures counted, a class of signers each: never added
/// @param note    at the foot
public record Card(
        String where,
        String title,
        String notice,
        String detail,
        String counted,
        List<Figure> figures,
        String brand,
        String note) {

    /// @param number as it is read, or that it is fewer than 10
    /// @param words  what was counted
    public record Figure(String number, String words) {
        String text() {
            return (number + " " + words).strip();
        }
    }

    /// The same in words, for who cannot see the picture.
    public String alternative() {
        var numbers = figures.stream().map(Figure::text).collect(Collectors.joining("; "));
        return Stream.of(where, title, notice, detail, numbers.isEmpty() ? "" : counted + ": " + numbers, note)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" · "));
    }
}
