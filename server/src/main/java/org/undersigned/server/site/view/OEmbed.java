package org.undersigned.server.site.view;

import gg.jte.html.escape.Escape;
import gg.jte.output.StringOutput;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.campaign.Countable;
import org.undersigned.server.site.PageContext;
import tools.jackson.databind.json.JsonMapper;

/// A response of oEmbed 1.0, type `rich`: a frame with the live count. The HTML holds only the frame, because
/// WordPress drops everything else from a site that it does not know.
///
/// @param members in order; numbers are integers
public record OEmbed(Map<String, Object> members) {
    public static final int WIDTH = 480; // pixels
    static final int HEIGHT = 260;
    private static final int HEIGHT_OF_A_NARROW_ONE = 320; // more of its lines wrap

    private static final int KEPT_SECONDS = 300;
    private static final JsonMapper JSON = new JsonMapper();

    /// @param language language that the page's address names, or null
    public static OEmbed of(Countable countable, PageContext page, @Nullable String language, int width, int height) {
        var spoken = language == null ? page.language() : language;
        var title = countable.title().in(spoken);
        var frame = page.publicUrl() + "/embed" + countable.path() + (language == null ? "" : "?lang=" + language);
        var members = new LinkedHashMap<String, Object>();
        members.put("version", "1.0");
        members.put("type", "rich");
        members.put("title", title);
        members.put("provider_name", page.t("site"));
        members.put("provider_url", page.publicUrl() + "/");
        members.put("cache_age", KEPT_SECONDS);
        members.put("html", frame(frame, title, width, height));
        members.put("width", width);
        members.put("height", height);
        return new OEmbed(members);
    }

    public static int height(int width) {
        return width < WIDTH ? HEIGHT_OF_A_NARROW_ONE : HEIGHT;
    }

    /// The HTML that puts a count into another page.
    static String frame(String address, String title, int width, int height) {
        return "<iframe src=\"" + attribute(address) + "\" width=\"" + width + "\" height=\"" + height + "\" title=\""
                + attribute(title) + "\" frameborder=\"0\" style=\"max-width:100%\"></iframe>";
    }

    private static String attribute(String text) {
        var out = new StringOutput();
        Escape.htmlAttribute(text, out);
        return out.toString();
    }

    public byte[] json() {
        return JSON.writeValueAsBytes(members);
    }

    public byte[] xml() {
        var out = new ByteArrayOutputStream();
        try {
            var xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out, "utf-8");
            xml.writeStartDocument("utf-8", "1.0");
            xml.writeStartElement("oembed");
            for (var member : members.entrySet()) {
                xml.writeStartElement(member.getKey());
                xml.writeCharacters(member.getValue().toString());
                xml.writeEndElement();
            }
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e); // cannot happen: in memory, and the texts hold XML characters only
        }
        return out.toByteArray();
    }
}
