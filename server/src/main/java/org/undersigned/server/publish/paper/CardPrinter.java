package org.undersigned.server.publish.paper;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.undersigned.record.WrittenCode;
import org.undersigned.server.site.Messages;
import org.undersigned.server.site.PageContext;
import org.undersigned.server.site.PageRenderer;

/// Prints the cards with which people draw a book in person. A card is folded in the middle with the print inside: one
/// half has the code, the other a pattern that lies on the code, so that it cannot be read against the light. From
/// outside all cards are alike.
public final class CardPrinter {
    /// Cards on a sheet, in two columns.
    private static final int ON_A_SHEET = 6;

    private final String publicUrl;
    private final PaperSize size;
    private final PageContext page;
    private final PageRenderer renderer = new PageRenderer();
    private final PdfRenderer pdf = new PdfRenderer();

    /// @param publicUrl where people reach the instance
    public CardPrinter(String publicUrl, String language, PaperSize size) {
        this.publicUrl = publicUrl;
        this.size = size;
        page = new PageContext(
                language, true, "/", publicUrl, false, new Messages(language), name -> name, false, null);
    }

    /// A card.
    ///
    /// @param address the target of its QR code: the fragment has the code, which no browser sends to a server
    /// @param code    two lines of groups
    public record Card(String address, List<String> code) {}

    /// Prints the cards in this order.
    ///
    /// @param codes   16 bytes each
    /// @param lastDay on which they can be used
    /// @param dated   the creation date that the document states
    public byte[] print(String campus, List<byte[]> codes, LocalDate lastDay, Instant dated) {
        var path = "/c/" + campus + "/card";
        var cards = codes.stream()
                .map(code -> {
                    var groups = WrittenCode.CARD.write(code);
                    return new Card(
                            publicUrl + path + "#" + WrittenCode.CARD.symbols(code),
                            List.of(groups.substring(0, 19), groups.substring(20)));
                })
                .toList();
        var sheets = new ArrayList<List<Card>>();
        for (var first = 0; first < cards.size(); first += ON_A_SHEET) {
            sheets.add(cards.subList(first, Math.min(cards.size(), first + ON_A_SHEET)));
        }
        var values = Map.<String, Object>of(
                "sheet", size,
                "sheets", sheets,
                "campus", campus,
                "address", URI.create(publicUrl).getAuthority() + path,
                "lastDay", page.date(lastDay));
        return pdf.print(renderer.render("paper-cards", page, values), dated);
    }
}
