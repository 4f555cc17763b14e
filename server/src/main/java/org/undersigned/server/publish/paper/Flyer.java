package org.undersigned.server.publish.paper;

import java.util.List;
import java.util.stream.Stream;

/// What a flyer says, in one language.
///
/// @param kind      what it is for, and where
/// @param notices   what has changed
/// @param facts     when and where; empty for a petition
/// @param heading   of the points
/// @param points    demands, or stops of a route
/// @param left      how many points were left out
/// @param notes     smaller
/// @param call      what to do with the code
/// @param assurance what becomes of one's name
/// @param by        who says it, or empty
/// @param address   where the code leads
public record Flyer(
        String kind,
        List<String> notices,
        String title,
        List<String> facts,
        String lead,
        String heading,
        List<String> points,
        int left,
        List<String> notes,
        String call,
        String assurance,
        String by,
        String address) {
    private static final double STRIP_LENGTH = 51; // millimetres beside the code
    private static final double STRIP_WIDTH = 20; // millimetres
    private static final double STRIP_LETTERS = 10; // points

    /// The address as people write it by hand.
    public String written() {
        return address.replaceFirst("^https?://", "");
    }

    /// The address beside a code.
    ///
    /// @param width   millimetres
    /// @param largest size of its letters, in points
    /// @param lines   at most, if they suffice
    public FittedText written(double width, double largest, int lines) {
        return FittedText.address(written(), width, largest, 8, lines);
    }

    /// The address on a strip, in the largest letters it has room for.
    public FittedText stripAddress() {
        return FittedText.address(written(), STRIP_LENGTH, STRIP_LETTERS, 6, 2);
    }

    /// As much of the title as the address leaves room for on a strip.
    public FittedText stripTitle() {
        var one = FittedText.title(title, STRIP_LENGTH, STRIP_LETTERS, 1);
        var room = (int) ((STRIP_WIDTH - stripAddress().height()) / one.height());
        return FittedText.title(title, STRIP_LENGTH, STRIP_LETTERS, Math.clamp(room, 0, 2));
    }

    /// This flyer and ever shorter ones, for what does not fit on a page.
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

    /// At most so many letters and a mark that some are missing, cut between words if there are any.
    static String cut(String text, int letters) {
        if (text.codePointCount(0, text.length()) <= letters) return text;
        var head = text.substring(0, text.offsetByCodePoints(0, letters));
        var space = head.lastIndexOf(' ');
        return (space > letters / 2 ? head.substring(0, space) : head) + "\u00a0…";
    }
}
