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
import org.undersigned.server.platform.http.CachePolicy;
import org.undersigned.server.platform.http.Representation;
import org.undersigned.server.site.PageRenderer;
import org.undersigned.server.site.PageResponder;
import org.undersigned.server.site.RequestedContent;
import org.undersigned.server.site.Snapshot;

/// Serves a campaign's open data: the page, the tables in two formats, their dictionary, and the whole document.
public final class DataHandler {
    private static final Representation HTML =
            Representation.byLanguage("text/html; charset=utf-8", CachePolicy.REVALIDATE);
    /// W3C "Model for Tabular Data and Metadata on the Web" §5.2: how a table names its dictionary.
    private static final Header DESCRIBED =
            HeaderValues.createCached("Link", "<metadata.json>; rel=\"describedby\"; type=\"application/csvm+json\"");

    /// RFC 4180 §3.
    private static final Representation CSV = Representation.of(
                    "text/csv; charset=utf-8; header=present", CachePolicy.REVALIDATE)
            .openToEverybody()
            .with(DESCRIBED);

    private static final Representation JSON_LINES =
            Representation.of("application/jsonl", CachePolicy.REVALIDATE).openToEverybody();
    private static final Representation JSON =
            Representation.of("application/json", CachePolicy.REVALIDATE).openToEverybody();
    /// W3C "Model for Tabular Data and Metadata on the Web" §10.3.
    private static final Representation CSVW =
            Representation.of("application/csvm+json", CachePolicy.REVALIDATE).openToEverybody();

    private final PageResponder pages;
    private final PageRenderer renderer = new PageRenderer();

    public DataHandler(PageResponder pages) {
        this.pages = pages;
    }

    /// `GET /k/{campaign}/data`
    public void page(ServerRequest request, ServerResponse response) {
        pages.publish(
                request,
                response,
                HTML,
                "",
                (shown, page) -> RequestedContent.campaign(request, shown)
                        .map(stored -> new DataPage(shown, stored, page.publicUrl()))
                        .map(view -> renderer.render("data", page, Map.of("view", view))
                                .getBytes(StandardCharsets.UTF_8))
                        .orElse(null));
    }

    /// `GET /k/{campaign}/data/{table}.csv`
    public void csv(ServerRequest request, ServerResponse response) {
        table(request, response, CSV, CsvTable::write);
    }

    /// `GET /k/{campaign}/data/{table}.jsonl`
    public void jsonLines(ServerRequest request, ServerResponse response) {
        table(request, response, JSON_LINES, JsonLinesWriter::write);
    }

    private void table(
            ServerRequest request,
            ServerResponse response,
            Representation representation,
            BiFunction<Table<?>, CampaignData, byte[]> write) {
        var name = RequestedContent.parameter(request, "table");
        publishData(
                request,
                response,
                representation,
                data -> TableCatalog.find(name)
                        .map(table -> write.apply(table, data))
                        .orElse(null));
    }

    /// `GET /k/{campaign}/data/metadata.json`
    public void dictionary(ServerRequest request, ServerResponse response) {
        publishData(
                request,
                response,
                CSVW,
                data -> new DataDictionary(data, pages.context("en"), pages.context("es")).write());
    }

    /// `GET /k/{campaign}/campaign.json`: the imported document, byte for byte.
    public void document(ServerRequest request, ServerResponse response) {
        publishData(request, response, JSON, data -> data.stored().document().getBytes(StandardCharsets.UTF_8));
    }

    private interface Writing {
        byte @Nullable [] of(CampaignData data);
    }

    private void publishData(
            ServerRequest request, ServerResponse response, Representation representation, Writing writing) {
        pages.publish(
                request,
                response,
                representation,
                "",
                (shown, _) -> RequestedContent.campaign(request, shown)
                        .map(stored -> writing.of(campaignData(shown, stored)))
                        .orElse(null));
    }

    private CampaignData campaignData(Snapshot shown, CampaignStore.StoredCampaign stored) {
        return new CampaignData(shown, stored, pages.publicUrl().toString());
    }
}
