package org.undersigned.server.publish.paper;

import java.util.List;
import java.util.stream.Stream;

/// The texts of a flyer, in one language.
///
/// @param kind          what the flyer is for, and where
/// @param notices       what has changed
/// @param facts         when and where; empty for a petition
/// @param heading       of the points
/// @param points        demands, or stops of a route
/// @param omittedPoints how many points were left out
/// @param notes         in smaller letters
/// @param call          what to do with the QR code
/// @param assurance     what happens to the signer's name, or empty
/// @param by            the authors, or empty
/// @param address       the target of the QR code
public record Flyer(
        String kind,
        List<String> notices,
        String title,
        List<String> facts,
        String lead,
        String heading,
        List<String> points,
        int omittedPoints,
        List<String> notes,
        String call,
        String assurance,
        String by,
        String address) {
    private static final double STRIP_LENGTH = 51; // millimetres beside the QR code
    private static final double STRIP_WIDTH = 20; // millimetres
    private static final double STRIP_LETTERS = 10; // points

    /// The address without `https://`, as people write it by hand.
    public String displayAddress() {
        return address.replaceFirst("^https?://", "");
    }

    /// The address beside a QR code.
    ///
    /// @param width   millimetres
    /// @param largest font size, in points
    /// @param lines   at most, unless the address needs more
    public FittedText displayAddress(double width, double largest, int lines) {
        return FittedText.address(displayAddress(), width, largest, 8, lines);
    }

    /// The address on a strip, in the largest letters that fit.
    public FittedText stripAddress() {
        return FittedText.address(displayAddress(), STRIP_LENGTH, STRIP_LETTERS, 6, 2);
    }

    /// The part of the title that fits on a strip next to the address.
    public FittedText stripTitle() {
        var one = FittedText.title(title, STRIP_LENGTH, STRIP_LETTERS, 1);
        var room = (int) ((STRIP_WIDTH - stripAddress().height()) / one.height());
        return FittedText.title(title, STRIP_LENGTH, STRIP_LETTERS, Math.clamp(room, 0, 2));
    }

    /// This flyer and shorter versions of it, for texts that do not fit on a page.
    Stream<Flyer> shorter() {
        return Stream.of(this, cut(8, 700), cut(5, 400), cut(3, 200), cut(0, 100));
    }

    private Flyer cut(int most, int letters) {
        var kept = points.stream()
                .limit(most)
                .map(point -> cut(point, letters / 2))
                .toList();
        return new Flyer(
                cut(kind, letters / 2),
                notices.stream()
                        .limit(2)
                        .map(notice -> cut(notice, letters / 2))
                        .toList(),
                cut(title, letters),
                facts.stream().map(fact -> cut(fact, letters)).toList(),
                cut(lead, letters),
                heading,
                kept,
                points.size() - kept.size(),
                notes.stream().map(note -> cut(note, letters)).toList(),
                call,
                assurance,
                cut(by, letters / 2),
                address);
    }

    /// Cuts the text to at most `letters` characters and adds an ellipsis; cuts between words if there are any.
    static String cut(String text, int letters) {
        if (text.codePointCount(0, text.length()) <= letters) return text;
        var head = text.substring(0, text.offsetByCodePoints(0, letters));
        var space = head.lastIndexOf(' ');
        return (space > letters / 2 ? head.substring(0, space) : head) + "\u00a0…";
    }
}
