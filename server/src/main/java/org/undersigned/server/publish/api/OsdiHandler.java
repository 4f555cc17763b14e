package org.undersigned.server.publish.api;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.platform.http.CachePolicy;
import org.undersigned.server.platform.http.CachedResponses;
import org.undersigned.server.platform.http.Problem;
import org.undersigned.server.platform.http.QueryParameters;
import org.undersigned.server.platform.http.Representation;
import org.undersigned.server.site.PageContext;
import org.undersigned.server.site.PageResponder;
import org.undersigned.server.site.RequestedContent;
import org.undersigned.server.site.Snapshot;

/// Serves petitions, events and advocacy campaigns in the formats of OSDI 1.2, read-only. An OSDI resource has one
/// language: the language of the reader.
public final class OsdiHandler {
    private static final int MOST_ITEMS = 25;
    private static final int MOST_PAGES = 100_000;

    private static final Representation HAL = Representation.byLanguage("application/hal+json", CachePolicy.REVALIDATE)
            .openToEverybody();

    private final PageResponder pages;
    private final CachedResponses responses;
    private final ApiUrls urls;
    private final String host;

    public OsdiHandler(PageResponder pages, CachedResponses responses) {
        this.pages = pages;
        this.responses = responses;
        this.urls = new ApiUrls(pages.publicUrl().toString());
        this.host = pages.publicUrl().getHost();
    }

    /// `GET /osdi/v1`: links to the lists, and a message that no list contains people.
    public void entry(ServerRequest request, ServerResponse response) {
        one(request, response, page -> writer -> writer.entry(page.t("api.osdi.motd"), MOST_ITEMS));
    }

    /// `GET /osdi/v1/{list}/{id}`
    public Handler one(OsdiList list) {
        return (request, response) -> one(
                request,
                response,
                _ -> writer -> writer.items(list).stream()
                        .filter(item -> item.id().equals(RequestedContent.parameter(request, "id")))
                        .findFirst()
                        .map(item -> item.fields().get())
                        .orElse(null));
    }

    private void one(
            ServerRequest request,
            ServerResponse response,
            Function<PageContext, Function<OsdiWriter, @Nullable JsonFields>> in) {
        parameters(request, Set.of("lang"));
        pages.publish(request, response, HAL, "", (shown, page) -> {
            var json = in.apply(page).apply(writer(shown, page.language()));
            return json == null ? null : json.bytes();
        });
    }

    /// `GET /osdi/v1/{list}`: one page of the list, built for each request like the pages of [ApiHandler].
    public Handler list(OsdiList list) {
        return (request, response) -> {
            var parameters = parameters(request, Set.of("lang", "page", "per_page"));
            var size = parameters.number("per_page", 1, MOST_ITEMS, MOST_ITEMS);
            var page = parameters.number("page", 1, MOST_PAGES, 1);
            var language = pages.language(request);
            var shown = pages.snapshot();
            var writer = writer(shown, language);
            var items = writer.items(list);
            if (page > 1 && (page - 1) * size >= items.size()) {
                throw Problem.malformed("page", "The list has fewer pages.");
            }
            var key = request.path().path() + " " + language + " " + page + " " + size;
            var bytes = writer.list(list, items, page, size).bytes();
            var body = responses.body(key, HAL, bytes, shown.taken());
            response.header(HeaderNames.CONTENT_LANGUAGE, language);
            CachedResponses.send(request, response, HAL, body);
        };
    }

    private static QueryParameters parameters(ServerRequest request, Set<String> known) {
        var parameters = QueryParameters.of(request, known);
        parameters.text("lang").ifPresent(language -> {
            if (!language.matches("en|es")) throw Problem.malformed("lang", "This must be en or es.");
        });
        return parameters;
    }

    private OsdiWriter writer(Snapshot shown, String language) {
        return new OsdiWriter(urls, host, shown, language);
    }
}
