package org.undersigned.server.publish.paper;

import java.util.Locale;
import org.undersigned.server.platform.http.Problem;

/// A paper size in portrait format; lengths in millimetres.
public enum PaperSize {
    /// ISO 216.
    A4(210, 297),
    /// ANSI A: 8.5 by 11 inches.
    LETTER(215.9, 279.4);

    /// Margin at each edge, in millimetres, so that no printer has to print up to the edge.
    static final int MARGIN = 14;

    private final double width;
    private final double height;

    PaperSize(double width, double height) {
        this.width = width;
        this.height = height;
    }

    /// Returns the size that a query parameter names.
    ///
    /// @throws Problem 400 if there is no such size
    static PaperSize of(String word) {
        for (var size : values()) {
            if (size.word().equals(word)) return size;
        }
        throw Problem.malformed("paper", "Use ?paper=a4 or ?paper=letter.");
    }

    /// The name in addresses and message keys: `a4`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// For a style sheet: `210.0mm 297.0mm`.
    public String size() {
        return width + "mm " + height + "mm";
    }

    /// Height between the margins, for a style sheet: 0.5 mm less, so that a full page stays one page.
    public String inside() {
        return String.format(Locale.ROOT, "%.1fmm", height - 2 * MARGIN - 0.5);
    }

    /// Like [#inside], but down to the lower edge of the sheet.
    public String toEdge() {
        return String.format(Locale.ROOT, "%.1fmm", height - MARGIN - 0.5);
    }
}
