package org.undersigned.server.publish.feed;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An HTML fragment built from texts; every text is escaped, so no text can add markup.
final class HtmlFragment {
    private final StringBuilder html = new StringBuilder();

    /// @param heading in bold before the text, or null
    HtmlFragment paragraph(@Nullable String heading, String text) {
        html.append("<p>");
        if (heading != null) html.append("<strong>").append(escaped(heading)).append("</strong> ");
        html.append(escaped(text)).append("</p>");
        return this;
    }

    HtmlFragment paragraph(String text) {
        return paragraph(null, text);
    }

    HtmlFragment quote(String text) {
        html.append("<blockquote><p>").append(escaped(text)).append("</p></blockquote>");
        return this;
    }

    /// Adds a numbered list; adds nothing if `texts` is empty.
    HtmlFragment numbered(List<String> texts) {
        if (texts.isEmpty()) return this;
        html.append("<ol>");
        for (var text : texts) html.append("<li>").append(escaped(text)).append("</li>");
        html.append("</ol>");
        return this;
    }

    HtmlFragment link(String before, String address, String text) {
        html.append("<p>").append(escaped(before)).append("<a href=\"").append(escaped(address));
        html.append("\">").append(escaped(text)).append("</a></p>");
        return this;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return html.toString();
    }
}
