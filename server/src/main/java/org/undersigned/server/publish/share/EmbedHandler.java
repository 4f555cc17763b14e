package org.undersigned.server.publish.share;

import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.platform.http.CachePolicy;
import org.undersigned.server.platform.http.Problem;
import org.undersigned.server.platform.http.Representation;
import org.undersigned.server.site.Messages;
import org.undersigned.server.site.PageResponder;
import org.undersigned.server.site.Snapshot;
import org.undersigned.server.site.view.OEmbed;

/// Serves the live count of a petition, an action or a letter drive for other sites: a small page for a frame, and
/// oEmbed (oembed.com, version 1.0), with which WordPress and other programs make the frame from a page's address.
public final class EmbedHandler {
    private static final Representation FRAME = Representation.byLanguage(
                    "text/html; charset=utf-8", CachePolicy.REVALIDATE)
            .openToEverybody();
    private static final Representation JSON =
            Representation.byLanguage("application/json", CachePolicy.MINUTES).openToEverybody();
    private static final Representation XML = Representation.byLanguage("text/xml; charset=utf-8", CachePolicy.MINUTES)
            .openToEverybody();

    /// The policy of every page, with these differences: any site may show this page in a frame, and this page
    /// cannot send forms or load images. To allow any site, the policy has no `frame-ancestors`:
    /// `frame-ancestors *` would refuse a page that is a local file (CSP 3 §6.7.2.7).
    private static final Header CONTENT_SECURITY_POLICY = HeaderValues.createCached(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; "
                    + "form-action 'none'");

    private static final int LONGEST_URL = 500;
    private static final int STEP = 20; // pixels
    private static final List<String> SCHEMES = List.of("https", "http"); // an old link may have http

    private final PageResponder pages;

    public EmbedHandler(PageResponder pages) {
        this.pages = pages;
    }

    /// `GET /embed/{page}`: the counts of the page, and where to check them.
    public void frame(ServerRequest request, ServerResponse response) {
        var path = request.path().path().substring("/embed".length());
        response.header(CONTENT_SECURITY_POLICY);
        pages.show(request, response, FRAME, "embed", "", shown -> embedded(shown, path));
    }

    private static @Nullable Map<String, Object> embedded(Snapshot shown, String path) {
        var found = shown.countable(path);
        if (found.isEmpty()) return null;
        var values = new HashMap<String, Object>();
        values.put("countable", found.get().item());
        values.put("campaign", found.get().campaign());
        values.put("counted", shown.counted(path));
        return values;
    }

    /// `GET /oembed?url=…&format=json|xml&maxwidth=…&maxheight=…`
    public void oembed(ServerRequest request, ServerResponse response) {
        var url = query(request, "url");
        var width = pixels(request, "maxwidth", OEmbed.WIDTH);
        var height = pixels(request, "maxheight", OEmbed.height(width));
        var format = query(request, "format");
        if (!format.isEmpty() && !format.equals("json") && !format.equals("xml")) {
            throw Problem.of(501, "no-such-format", "This format is not supported", "Use format=json or format=xml.");
        }
        var xml = format.equals("xml");
        var asked = page(url, PageResponder.chosen(request));
        var choice = String.join(
                " ", xml ? "xml" : "json", asked.path(), asked.language().orElse("-"), width + "x" + height);
        pages.publish(request, response, xml ? XML : JSON, choice, (shown, page) -> {
            var found = shown.countable(asked.path());
            if (found.isEmpty()) return null;
            var oembed = OEmbed.of(found.get().item(), page, asked.language().orElse(null), width, height);
            return xml ? oembed.xml() : oembed.json();
        });
    }

    /// @param language language that the address names, if any
    private record OEmbedRequest(String path, Optional<String> language) {}

    /// @param language language to use if the address names none
    /// @throws Problem 404 if the address is not one of ours
    private OEmbedRequest page(String url, Optional<String> language) {
        if (url.isEmpty())
            throw Problem.malformed("url", "Give the address of a page: ?url=" + pages.publicUrl() + "/p/…");
        if (url.length() > LONGEST_URL) throw unknownAddress();
        try {
            var uri = new URI(url);
            var ours = URI.create(pages.publicUrl().toString());
            var here = uri.getScheme() != null
                    && SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))
                    && uri.getRawUserInfo() == null
                    && uri.getHost() != null
                    && uri.getHost().equalsIgnoreCase(ours.getHost())
                    && uri.getPort() == ours.getPort();
            if (!here) throw unknownAddress();
            var query = uri.getRawQuery() == null
                    ? List.<String>of()
                    : List.of(uri.getRawQuery().split("&"));
            return new OEmbedRequest(
                    uri.getRawPath().replaceFirst("/$", ""),
                    Messages.LANGUAGES.stream()
                            .filter(one -> query.contains("lang=" + one))
                            .findFirst()
                            .or(() -> language));
        } catch (URISyntaxException e) {
            throw unknownAddress();
        }
    }

    private static Problem unknownAddress() {
        return Problem.notFound("This instance has no count for this address.");
    }

    private static String query(ServerRequest request, String name) {
        return request.query().first(name).orElse("");
    }

    /// Returns the size in pixels, at most `usual` and in steps, so that there are few different responses to
    /// cache.
    private static int pixels(ServerRequest request, String name, int usual) {
        var text = query(request, name);
        if (text.isEmpty()) return usual;
        if (!text.matches("[1-9][0-9]{0,8}")) throw Problem.malformed(name, "This must be a number of pixels.");
        var most = Math.min(Integer.parseInt(text), usual);
        return most < STEP ? most : most - most % STEP;
    }
}
