package org.undersigned.server.publish.api;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntBiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.BoxId;
import org.undersigned.server.platform.http.CachePolicy;
import org.undersigned.server.platform.http.CachedResponses;
import org.undersigned.server.platform.http.Problem;
import org.undersigned.server.platform.http.QueryParameters;
import org.undersigned.server.platform.http.Representation;
import org.undersigned.server.site.PageResponder;
import org.undersigned.server.site.RequestedContent;
import org.undersigned.server.site.Snapshot;

/// Serves all public content as JSON, for programs. `/openapi.json` specifies the response of each address.
public final class ApiHandler {
    private static final int MOST_ITEMS = 100;
    private static final int USUAL_ITEMS = 50;
    private static final Set<String> LIST_PARAMETERS = Set.of("page_size", "after");

    private static final Representation JSON =
            Representation.of("application/json", CachePolicy.REVALIDATE).openToEverybody();

    private final PageResponder pages;
    private final CachedResponses responses;
    private final ApiUrls urls;
    private final CachedResponses.Body openApi;

    public ApiHandler(PageResponder pages, CachedResponses responses) {
        this.pages = pages;
        this.responses = responses;
        this.urls = new ApiUrls(pages.publicUrl().toString());
        this.openApi = responses.body("/openapi.json", JSON, openApi());
    }

    private static byte[] openApi() {
        try (var in = ApiHandler.class.getResourceAsStream("/openapi.json")) {
            if (in == null) throw new IllegalStateException("no /openapi.json on the class path");
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// `GET /openapi.json`
    public void openApi(ServerRequest request, ServerResponse response) {
        CachedResponses.send(request, response, JSON, openApi);
    }

    /// `GET /api/v1`: links to all lists.
    public void index(ServerRequest request, ServerResponse response) {
        one(
                request,
                response,
                _ -> new JsonFields()
                        .put("name", "Undersigned")
                        .put("version", "1")
                        .put(
                                "links",
                                new JsonFields()
                                        .put("self", urls.api(""))
                                        .put("campaigns", urls.api("/campaigns"))
                                        .put("boxes", urls.api("/boxes"))
                                        .put("openapi", urls.page("/openapi.json"))
                                        .put("documentation", urls.page("/api"))
                                        .put("osdi", urls.osdi(""))
                                        .put("instance", urls.page("/.well-known/undersigned.json"))
                                        .put("register", urls.page("/log/register/checkpoint"))
                                        .put("ledger", urls.page("/log/ledger/checkpoint"))));
    }

    /// `GET /api/v1/campaigns`
    public void campaigns(ServerRequest request, ServerResponse response) {
        list(request, response, "/campaigns", this::campaigns, ApiHandler::after);
    }

    /// `GET /api/v1/campaigns/{campaign}`
    public void campaign(ServerRequest request, ServerResponse response) {
        one(request, response, shown -> found(campaigns(shown), RequestedContent.parameter(request, "campaign")));
    }

    private List<ListItem> campaigns(Snapshot shown) {
        var writer = new CampaignWriter(urls);
        return shown.campaigns().stream()
                .flatMap(campaign -> shown.stored(campaign.slug()).stream())
                .map(writer::item)
                .toList();
    }

    /// `GET /api/v1/boxes`
    public void boxes(ServerRequest request, ServerResponse response) {
        list(request, response, "/boxes", shown -> new BoxWriter(urls, shown).items(), ApiHandler::afterBox);
    }

    /// `GET /api/v1/boxes/{box}`
    public void box(ServerRequest request, ServerResponse response) {
        one(
                request,
                response,
                shown -> found(new BoxWriter(urls, shown).items(), RequestedContent.parameter(request, "box")));
    }

    /// `GET /api/v1/campaigns/{campaign}/{part}`
    public Handler list(CampaignList list) {
        return (request, response) -> list(
                request,
                response,
                "/campaigns/" + RequestedContent.parameter(request, "campaign") + "/" + list.word(),
                shown -> items(request, shown, list),
                ApiHandler::after);
    }

    /// `GET /api/v1/campaigns/{campaign}/{part}/{id}`
    public Handler one(CampaignList list) {
        return (request, response) -> one(request, response, shown -> {
            var items = items(request, shown, list);
            return items == null ? null : found(items, RequestedContent.parameter(request, "id"));
        });
    }

    private @Nullable List<ListItem> items(ServerRequest request, Snapshot shown, CampaignList list) {
        return RequestedContent.campaign(request, shown)
                .map(stored -> new ListItemWriter(urls, shown).items(stored.campaign(), list))
                .orElse(null);
    }

    private static @Nullable JsonFields found(List<ListItem> items, String id) {
        return items.stream()
                .filter(item -> item.id().equals(id))
                .findFirst()
                .map(item -> item.fields().get())
                .orElse(null);
    }

    private void one(ServerRequest request, ServerResponse response, Function<Snapshot, @Nullable JsonFields> in) {
        QueryParameters.of(request, Set.of());
        pages.publish(request, response, JSON, "", (shown, _) -> {
            var json = in.apply(shown);
            return json == null ? null : json.bytes();
        });
    }

    /// Sends one page of a list. The server builds it for each request: there are as many pages as there are
    /// cursors and sizes, too many to store.
    ///
    /// @param path  below `/api/v1`; the response contains it only after `in` has found its campaign
    /// @param in    returns the list, or null if there is none
    /// @param after returns the number of items up to and including the item with this id
    private void list(
            ServerRequest request,
            ServerResponse response,
            String path,
            Function<Snapshot, @Nullable List<ListItem>> in,
            ToIntBiFunction<List<ListItem>, String> after) {
        var parameters = QueryParameters.of(request, LIST_PARAMETERS);
        var size = parameters.number("page_size", 1, MOST_ITEMS, USUAL_ITEMS);
        var shown = pages.snapshot();
        var items = in.apply(shown);
        if (items == null) throw PageResponder.noSuchPage();
        var from =
                parameters.text("after").map(id -> after.applyAsInt(items, id)).orElse(0);
        var to = Math.min(items.size(), from + size);
        var list = urls.api(path) + "?page_size=" + size;
        var next = to < items.size() ? list + "&after=" + items.get(to - 1).id() : null;
        response.header(HeaderValues.create(
                "Link", "<" + list + ">; rel=\"first\"" + (next == null ? "" : ", <" + next + ">; rel=\"next\"")));
        var json = new JsonFields()
                .objects(
                        "items",
                        items.subList(from, to).stream()
                                .map(item -> item.fields().get())
                                .toList())
                .put("total", (long) items.size())
                .put("links", new JsonFields().put("first", list).put("next", next));
        var key = path + " " + size + " " + from;
        CachedResponses.send(request, response, JSON, responses.body(key, JSON, json.bytes(), shown.taken()));
    }

    /// The list has the order of the campaign's document, so the position of a removed id is unknown; throws for
    /// such an id.
    private static int after(List<ListItem> items, String id) {
        return IntStream.range(0, items.size())
                        .filter(at -> items.get(at).id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> Problem.malformed(
                                "after", "No item of this list has this id. Request the first page without `after`."))
                + 1;
    }

    /// Boxes are sorted by id, so a box that no longer counts still has a position.
    private static int afterBox(List<ListItem> items, String id) {
        try {
            BoxId.of(id);
        } catch (IllegalArgumentException e) {
            throw Problem.malformed("after", "This must be the id of a box.");
        }
        return (int) items.stream().filter(item -> item.id().compareTo(id) <= 0).count();
    }
}
