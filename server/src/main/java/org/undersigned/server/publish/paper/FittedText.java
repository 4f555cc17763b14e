package org.undersigned.server.publish.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.undersigned.server.site.drawing.TextLayout;

/// Text in lines that are no wider than the available width. The templates do not break these lines again.
///
/// @param size font size in points
public record FittedText(List<String> lines, double size) {
    private static final double POINTS = 72 / 25.4; // in a millimetre
    private static final double LEADING = 1.2;
    private static final double STEP = 0.5; // points
    private static final TextLayout BOLD = TextLayout.bold(); // the widest font in use

    /// An address breaks before a slash, except the two after `https:`. It never breaks after a hyphen: a reader
    /// would take that hyphen for a word division.
    private static final Pattern PARTS = Pattern.compile("(?<![:/])(?=/)");

    private static final Pattern NAMES = Pattern.compile("(?=[.-])");

    /// Breaks an address into at most `most` lines, in the largest letters that fit. An address that is too long
    /// even in the smallest letters gets more lines, and breaks before a dot or a hyphen, then anywhere.
    ///
    /// @param width    millimetres
    /// @param largest  points
    /// @param smallest points
    static FittedText address(String address, double width, double largest, double smallest, int most) {
        var room = width * POINTS;
        for (var size = largest; size >= smallest; size -= STEP) {
            for (var parts : List.of(PARTS.split(address, 2), PARTS.split(address))) {
                var lines = lines(List.of(parts), size, room);
                if (lines.size() <= most && lines.stream().allMatch(fits(size, room)))
                    return new FittedText(lines, size);
            }
        }
        var names = PARTS.splitAsStream(address).flatMap(NAMES::splitAsStream).toList();
        var lines = lines(names, smallest, room).stream()
                .flatMap(line -> BOLD.lines(line, smallest, room, line.length()).stream())
                .toList();
        return new FittedText(lines, smallest);
    }

    /// An address beside a QR code in a packet.
    public static FittedText besideCode(String address) {
        return address(address, 130, 16, 8, 2);
    }

    /// An address below the QR code of a poster.
    public static FittedText onPoster(String address) {
        return address(address, 180, 20, 10, 1);
    }

    /// The part of a title that fits on `most` lines.
    ///
    /// @param width millimetres
    /// @param size  points
    static FittedText title(String title, double width, double size, int most) {
        if (most == 0) return new FittedText(List.of(), size);
        return new FittedText(BOLD.lines(PdfRenderer.printable(title), size, width * POINTS, most), size);
    }

    /// Height in millimetres, with the space between the lines.
    double height() {
        return lines.size() * size * LEADING / POINTS;
    }

    private static Predicate<String> fits(double size, double room) {
        return line -> BOLD.width(line, size) <= room;
    }

    private static List<String> lines(List<String> parts, double size, double room) {
        var lines = new ArrayList<String>();
        for (var part : parts) {
            if (!lines.isEmpty() && BOLD.width(lines.getLast() + part, size) <= room) {
                lines.set(lines.size() - 1, lines.getLast() + part);
            } else {
                lines.add(part);
            }
        }
        return lines;
    }
}
