package org.undersigned.server.publish.data;

import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.platform.http.Caching;
import org.undersigned.server.platform.http.Kind;
import org.undersigned.server.site.PageHandler;
import org.undersigned.server.site.Renderer;
import org.undersigned.server.site.Snapshot;

/// A campaign's open data: the page, the tables in two forms, their dictionary, and the whole document.
public final class DataHandler {
    private static final Kind HTML = Kind.byLanguage("text/html; charset=utf-8", Caching.ASK);
    /// W3C "Model for Tabular Data and Metadata on the Web" §5.2: how a table names its dictionary.
    private static final Header DESCRIBED =
            HeaderValues.createCached("Link", "<metadata.json>; rel=\"describedby\"; type=\"application/csvm+json\"");

    /// RFC 4180 §3.
    private static final Kind CSV = Kind.of("text/csv; charset=utf-8; header=present", Caching.ASK)
            .openToEverybody()
            .with(DESCRIBED);

    private static final Kind JSON_LINES =
            Kind.of("application/jsonl", Caching.ASK).openToEverybody();
    private static final Kind JSON = Kind.of("application/json", Caching.ASK).openToEverybody();
    /// There too, §10.3.
    private static final Kind CSVW =
            Kind.of("application/csvm+json", Caching.ASK).openToEverybody();

    private final PageHandler pages;
    private final Renderer renderer = new Renderer();

    public DataHandler(PageHandler pages) {
        this.pages = pages;
    }

    /// `GET /k/{campaign}/data`
    public void page(ServerRequest request, ServerResponse response) {
        var slug = parameter(request, "campaign");
        pages.publish(
                request,
                response,
                HTML,
                "",
                (shown, page) -> shown.kept(slug)
                        .map(kept -> new DataPage(shown, kept, page.publicUrl()))
                        .map(view -> renderer.draw("data", page, Map.of("view", view))
                                .getBytes(StandardCharsets.UTF_8))
                        .orElse(null));
    }

    /// `GET /k/{campaign}/data/{table}.csv`
    public void csv(ServerRequest request, ServerResponse response) {
        table(request, response, CSV, Csv::write);
    }

    /// `GET /k/{campaign}/data/{table}.jsonl`
    public void jsonLines(ServerRequest request, ServerResponse response) {
        table(request, response, JSON_LINES, JsonLines::write);
    }

    private void table(
            ServerRequest request, ServerResponse response, Kind kind, BiFunction<Table<?>, Said, byte[]> write) {
        var name = parameter(request, "table");
        said(
                request,
                response,
                kind,
                said -> Tables.find(name).map(table -> write.apply(table, said)).orElse(null));
    }

    /// `GET /k/{campaign}/data/metadata.json`
    public void dictionary(ServerRequest request, ServerResponse response) {
        said(request, response, CSVW, said -> new Dictionary(said, pages.in("en"), pages.in("es")).write());
    }

    /// `GET /k/{campaign}/campaign.json`: the document as it was imported, byte for byte.
    public void document(ServerRequest request, ServerResponse response) {
        said(request, response, JSON, said -> said.kept().document().getBytes(StandardCharsets.UTF_8));
    }

    private interface Writing {
        byte @Nullable [] of(Said said);
    }

    private void said(ServerRequest request, ServerResponse response, Kind kind, Writing writing) {
        var slug = parameter(request, "campaign");
        pages.publish(
                request,
                response,
                kind,
                "",
                (shown, _) -> shown.kept(slug)
                        .map(kept -> writing.of(said(shown, kept)))
                        .orElse(null));
    }

    private Said said(Snapshot shown, CampaignStore.Kept kept) {
        return new Said(shown, kept, pages.publicUrl().toString());
    }

    private static String parameter(ServerRequest request, String name) {
        return request.path().pathParameters().get(name);
    }
}
