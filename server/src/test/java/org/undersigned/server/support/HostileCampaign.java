package org.undersigned.server.support;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A campaign whose texts would run as formulas in a spreadsheet, or break its rows (CSV injection).
public final class HostileCampaign {
    /// Texts that a spreadsheet reads as a formula, or that begin like the apostrophe we add as protection.
    public static final List<String> WORDS = List.of(
            "=1+1",
            "=cmd|' /C calc'!A0",
            "+2600",
            "-2600",
            "@SUM(A1:A9)",
            "  =1+1",
            "\u00a0=1+1",
            "\u200b=1+1",
            "\uFF1D1+1",
            "\uFF0B1",
            "\uFF0D1",
            "\uFF20SUM(1)",
            "'70s crowd",
            "=\"quoted\", \"twice\"\r\nand a line");

    /// Texts that a spreadsheet reads as a formula if it splits cells at semicolons, tabs or line breaks, each with
    /// its protected form.
    public static final Map<String, String> INSIDE = Map.of(
            "crowd;=1+1", "crowd;'=1+1",
            "crowd; @SUM(1)", "crowd;' @SUM(1)",
            "crowd\n=1+1", "crowd\n'=1+1",
            "crowd\r\n+1", "crowd\r\n'+1",
            "c\t-1", "c\t'-1",
            "crowd;'70s", "crowd;''70s",
            "=1;=2", "'=1;'=2",
            "\t=1+1", "'\t'=1+1",
            "\r=1+1", "'\r'=1+1",
            "\n=1+1", "'\n'=1+1");

    /// Texts that are exported unchanged; some need CSV quotes.
    public static final List<String> HARMLESS = List.of(
            "more than 2,600",
            "about \"200\"",
            "two\nlines",
            "two\r\nlines, with a comma",
            "1=1",
            "👩‍👩‍👧 familias, ¡muchas!",
            "\u0301 accent alone",
            "a,b;c\td",
            "more, =1 or less");

    public static final String DOCUMENT = document();

    private HostileCampaign() {}

    private static String document() {
        var json = (ObjectNode) new JsonMapper().readTree("""
                {"slug": "risky-cells", "hashtag": "=Risky", "name": {"en": "=Risky", "es": "@Riesgo"},
                 "conveners": [{"name": "+convener"}],
                 "aim": {"en": "-aim", "es": "-meta"}, "call": {"en": "=call", "es": "=llamado"},
                 "context": {"en": "An invented one.", "es": "Una inventada."}, "languages": ["en", "es"],
                 "sources": [{"id": "=S", "outlet": "@SUM(1,2)", "by": "+1", "date": "2040-02-02"}],
                 "campuses": [{"id": "risky.example", "name": "=HYPERLINK(\\"https://bad.example\\")",
                   "place": "Denver, Colorado", "state": "CO", "zone": "America/Denver", "domains": ["risky.example"],
                   "latitude": 39.74, "longitude": -104.99, "kind": "university"}],
                 "demands": [{"id": 1, "source": "=S", "text": {"en": "=ask", "es": "=pedir"}}],
                 "petitions": [{"slug": "risky-petition", "campus": "risky.example", "title": {"en": "=Title", "es": "=Título"},
                   "by": {"en": "=By", "es": "=De"}, "text": {"en": "=Text", "es": "=Texto"}, "demands": [1]}],
                 "actions": [{"slug": "risky-walk", "kind": "walkout", "state": "held", "campuses": ["risky.example"],
                   "date": "2040-02-01", "source": "=S"}]}
                """);
        var figures = json.putArray("figures");
        for (var words : Stream.of(
                        WORDS.stream(),
                        HARMLESS.stream(),
                        INSIDE.keySet().stream().sorted())
                .flatMap(one -> one)
                .toList()) {
            figure(figures, "attended", "risky-walk", words);
        }
        figure(figures, "signed", "risky-petition", "dozens in a month").put("asOf", "2015-08");
        figure(figures, "signed", "risky-petition", "hundreds at some time");
        return json.toString();
    }

    private static ObjectNode figure(ArrayNode figures, String measure, String about, String words) {
        var figure =
                figures.addObject().put("measure", measure).put("words", words).put("source", "=S");
        figure.putArray("about").add(about);
        figure.putObject("subject").put("en", "=Subject").put("es", "=Asunto");
        return figure;
    }
}
