package org.undersigned.server.publish.share;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The content of a page's preview picture, in one language. A part without content is empty.
///
/// @param where   a campus or a campaign, above the title
/// @param notice  an important notice: that an action is cancelled
/// @param detail  such as the day and the place
/// @param counted the day of the count, as text; empty if no figure is shown
/// @param figures one count for each class of signers, never their sum
/// @param note    text at the foot
public record Card(
        String where,
        String title,
        String notice,
        String detail,
        String counted,
        List<Figure> figures,
        String brand,
        String note) {

    /// @param number formatted for the reader, or a text for fewer than 10
    /// @param words  what was counted
    public record Figure(String number, String words) {
        String text() {
            return (number + " " + words).strip();
        }
    }

    /// The same content as text, for readers who cannot see the picture.
    public String alternative() {
        var numbers = figures.stream().map(Figure::text).collect(Collectors.joining("; "));
        return Stream.of(where, title, notice, detail, numbers.isEmpty() ? "" : counted + ": " + numbers, note)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" · "));
    }
}
