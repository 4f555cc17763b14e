package org.undersigned.server.publish.share;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import org.undersigned.server.platform.http.CachePolicy;
import org.undersigned.server.platform.http.Representation;
import org.undersigned.server.site.PageResponder;

/// Serves the files for search engines: the sitemap, and robots.txt with the paths that they must not read.
public final class SearchEngineHandler {
    private static final Representation XML = Representation.of("application/xml", CachePolicy.MINUTES);
    private static final Representation TEXT = Representation.of("text/plain; charset=utf-8", CachePolicy.MINUTES);

    private final PageResponder pages;

    public SearchEngineHandler(PageResponder pages) {
        this.pages = pages;
    }

    /// `GET /sitemap.xml`; `?part=2` if there are too many pages for one file.
    public void sitemap(ServerRequest request, ServerResponse response) {
        var wanted = request.query().first("part");
        if (!wanted.orElse("1").matches("[1-9][0-9]{0,5}")) throw PageResponder.noSuchPage();
        pages.publish(request, response, XML, wanted.orElse(""), (shown, page) -> {
            var sitemap = Sitemap.of(shown);
            if (wanted.isEmpty()) return sitemap.write(page.publicUrl(), Sitemap.MOST);
            var part = Integer.parseInt(wanted.get());
            return part > sitemap.parts(Sitemap.MOST) ? null : sitemap.part(page.publicUrl(), part, Sitemap.MOST);
        });
    }

    /// `GET /robots.txt` (RFC 9309). It does not name the pages that search engines must not list: a search engine
    /// must read such a page to learn that.
    public void robots(ServerRequest request, ServerResponse response) {
        pages.publish(request, response, TEXT, "", (_, page) ->
                """
                        User-agent: *
                        Disallow: /roll/
                        Disallow: /box/
                        Disallow: /log/
                        Disallow: /*/events$

                        Sitemap: %s/sitemap.xml
                        """.formatted(page.publicUrl()).getBytes(StandardCharsets.UTF_8));
    }
}
