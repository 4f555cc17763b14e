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
import org.undersigned.server.platform.http.Answers;
import org.undersigned.server.platform.http.Caching;
import org.undersigned.server.platform.http.Kind;
import org.undersigned.server.platform.http.Parameters;
import org.undersigned.server.platform.http.Problem;
import org.undersigned.server.site.PageHandler;
import org.undersigned.server.site.Snapshot;

/// All public content as JSON, for programs. `/openapi.json` says what each address answers.
public final class ApiHandler {
    private static final int MOST_ITEMS = 100;
    private static final int USUAL_ITEMS = 50;
    private static final Set<String> LIST_PARAMETERS = Set.of("page_size", "after");

    private static final Kind JSON = Kind.of("application/json", Caching.ASK).openToEverybody();

    private final PageHandler pages;
    private final Answers answers;
    private final Addresses at;
    private final Answers.Body openApi;

    public ApiHandler(PageHandler pages, Answers answers) {
        this.pages = pages;
        this.answers = answers;
        this.at = new Addresses(pages.publicUrl().toString());
        this.openApi = answers.body("/openapi.json", JSON, openApi());
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
        Answers.send(request, response, JSON, openApi);
    }

    /// `GET /api/v1`: where everything is.
    public void index(ServerRequest request, ServerResponse response) {
        one(
                request,
                response,
                _ -> new Fields()
                        .put("name", "Undersigned")
                        .put("version", "1")
                        .put(
                                "links",
                                new Fields()
                                        .put("self", at.api(""))
                                        .put("campaigns", at.api("/campaigns"))
                                        .put("boxes", at.api("/boxes"))
                                        .put("openapi", at.page("/openapi.json"))
                                        .put("documentation", at.page("/api"))
                                        .put("osdi", at.osdi(""))
                                        .put("instance", at.page("/.well-known/undersigned.json"))
                                        .put("register", at.page("/log/register/checkpoint"))));
    }

    /// `GET /api/v1/campaigns`
    public void campaigns(ServerRequest request, ServerResponse response) {
        list(request, response, "/campaigns", this::campaigns, ApiHandler::after);
    }

    /// `GET /api/v1/campaigns/{campaign}`
    public void campaign(ServerRequest request, ServerResponse response) {
        one(request, response, shown -> found(campaigns(shown), parameter(request, "campaign")));
    }

    private List<Item> campaigns(Snapshot shown) {
        var writer = new CampaignWriter(at);
        return shown.campaigns().stream()
                .flatMap(campaign -> shown.kept(campaign.slug()).stream())
                .map(writer::item)
                .toList();
    }

    /// `GET /api/v1/boxes`
    public void boxes(ServerRequest request, ServerResponse response) {
        list(request, response, "/boxes", shown -> new BoxWriter(at, shown).items(), ApiHandler::afterBox);
    }

    /// `GET /api/v1/boxes/{box}`
    public void box(ServerRequest request, ServerResponse response) {
        one(request, response, shown -> found(new BoxWriter(at, shown).items(), parameter(request, "box")));
    }

    /// `GET /api/v1/campaigns/{campaign}/{part}`
    public Handler list(Part part) {
        return (request, response) -> list(
                request,
                response,
                "/campaigns/" + parameter(request, "campaign") + "/" + part.word(),
                shown -> items(request, shown, part),
                ApiHandler::after);
    }

    /// `GET /api/v1/campaigns/{campaign}/{part}/{id}`
    public Handler one(Part part) {
        return (request, response) -> one(request, response, shown -> {
            var items = items(request, shown, part);
            return items == null ? null : found(items, parameter(request, "id"));
        });
    }

    private @Nullable List<Item> items(ServerRequest request, Snapshot shown, Part part) {
        return shown.campaign(parameter(request, "campaign"))
                .map(campaign -> new PartWriter(at, shown).items(campaign, part))
                .orElse(null);
    }

    private static @Nullable Fields found(List<Item> items, String id) {
        return items.stream()
                .filter(item -> item.id().equals(id))
                .findFirst()
                .map(item -> item.fields().get())
                .orElse(null);
    }

    private static String parameter(ServerRequest request, String name) {
        return request.path().pathParameters().get(name);
    }

    private void one(ServerRequest request, ServerResponse response, Function<Snapshot, @Nullable Fields> in) {
        Parameters.of(request, Set.of());
        pages.publish(request, response, JSON, "", (shown, _) -> {
            var fields = in.apply(shown);
            return fields == null ? null : fields.bytes();
        });
    }

    /// A page of a list. It is written anew each time: there are as many
    /// pages as there are cursors and sizes, too many to be kept.
    ///
    /// @param path  below `/api/v1`; it is said back only once `in` has found its campaign
    /// @param in    finds the list, or null
    /// @param after how many of it an id and those before it are
    private void list(
            ServerRequest request,
            ServerResponse response,
            String path,
            Function<Snapshot, @Nullable List<Item>> in,
            ToIntBiFunction<List<Item>, String> after) {
        var parameters = Parameters.of(request, LIST_PARAMETERS);
        var size = parameters.number("page_size", 1, MOST_ITEMS, USUAL_ITEMS);
        var shown = pages.snapshot();
        var items = in.apply(shown);
        if (items == null) throw PageHandler.noSuchPage();
        var from =
                parameters.text("after").map(id -> after.applyAsInt(items, id)).orElse(0);
        var to = Math.min(items.size(), from + size);
        var list = at.api(path) + "?page_size=" + size;
        var next = to < items.size() ? list + "&after=" + items.get(to - 1).id() : null;
        response.header(HeaderValues.create(
                "Link", "<" + list + ">; rel=\"first\"" + (next == null ? "" : ", <" + next + ">; rel=\"next\"")));
        var fields = new Fields()
                .objects(
                        "items",
                        items.subList(from, to).stream()
                                .map(item -> item.fields().get())
                                .toList())
                .put("total", (long) items.size())
                .put("links", new Fields().put("first", list).put("next", next));
        var key = path + " " + size + " " + from;
        Answers.send(request, response, JSON, answers.body(key, JSON, fields.bytes(), shown.taken()));
    }

    /// In the order of the campaign's document an id that is there no more has no place.
    private static int after(List<Item> items, String id) {
        return IntStream.range(0, items.size())
                        .filter(at -> items.get(at).id().equals(id))
                        .findFirst()
                        .orElseThrow(
                                () -> Problem.malformed("after", "Nothing in this list has this id. Begin without it."))
                + 1;
    }

    /// Boxes stand in the order of their ids: one that counts no more still has its place.
    private static int afterBox(List<Item> items, String id) {
        try {
            BoxId.of(id);
        } catch (IllegalArgumentException e) {
            throw Problem.malformed("after", "The id of a box is wanted here.");
        }
        return (int) items.stream().filter(item -> item.id().compareTo(id) <= 0).count();
    }
}
