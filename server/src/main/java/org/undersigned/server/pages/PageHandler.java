package org.undersigned.server.pages;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.demo.DemoInbox;
import org.undersigned.server.http.Answers;
import org.undersigned.server.http.Assets;
import org.undersigned.server.http.Problem;
import tools.jackson.databind.json.JsonMapper;

/// Sends pages: the language is the address's own `?lang=`, else the browser's; there are no cookies. A page drawn once
/// from a snapshot is sent from memory until something public changes. Also the pages that belong to no campaign.
public final class PageHandler {
    private static final JsonMapper JSON = new JsonMapper();

    /// Written out once: they go with every page.
    private static final List<Header> HTML = List.of(
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8"),
            HeaderValues.createCached(HeaderNames.VARY, "Accept-Language, Accept-Encoding"),
            HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-cache"));

    private static final Map<String, Header> LANGUAGES = Map.of(
            "en", HeaderValues.createCached(HeaderNames.CONTENT_LANGUAGE, "en"),
            "es", HeaderValues.createCached(HeaderNames.CONTENT_LANGUAGE, "es"));

    private final Snapshots snapshots;
    private final Assets assets;
    private final URI publicUrl;
    private final @Nullable DemoInbox inbox;
    private final Renderer renderer = new Renderer();
    private final Map<String, Messages> messages = Map.of("en", new Messages("en"), "es", new Messages("es"));

    /// @param inbox the demonstration's, or null
    public PageHandler(Snapshots snapshots, Assets assets, URI publicUrl, @Nullable DemoInbox inbox) {
        this.snapshots = snapshots;
        this.assets = assets;
        this.publicUrl = publicUrl;
        this.inbox = inbox;
    }

    /// `GET /mine`
    public void mine(ServerRequest request, ServerResponse response) {
        show(request, response, "mine", _ -> Map.of());
    }

    /// `GET /privacy`
    public void privacy(ServerRequest request, ServerResponse response) {
        show(request, response, "privacy", _ -> Map.of());
    }

    /// `GET /demo/inbox`
    public void inbox(ServerRequest request, ServerResponse response) {
        if (inbox == null) throw noSuchPage();
        send(request, response, draw(page(request), "inbox", Map.of("mails", inbox.newest())));
    }

    /// `GET /demo/inbox.json?to=ADDRESS`
    public void inboxJson(ServerRequest request, ServerResponse response) {
        if (inbox == null) throw noSuchPage();
        var to = request.query().first("to").orElseThrow(() -> Problem.malformed("to", "Say whose mail: ?to=ADDRESS"));
        response.header(HeaderNames.CONTENT_TYPE, "application/json")
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .send(JSON.writeValueAsBytes(inbox.to(to)));
    }

    /// The page for a person who went where nothing is.
    public void problem(ServerRequest request, ServerResponse response, Problem problem) {
        response.status(Status.create(problem.status()));
        send(request, response, draw(page(request), "error", Map.of()));
    }

    Snapshot snapshot() {
        return snapshots.newest();
    }

    URI publicUrl() {
        return publicUrl;
    }

    /// Sends the page `template` draws from `values`; null values: there is no such page.
    void show(
            ServerRequest request,
            ServerResponse response,
            String template,
            Function<Snapshot, @Nullable Map<String, Object>> values) {
        show(request, response, template, "", values);
    }

    /// As the other one, for a page that also depends on `choice`, one of few.
    void show(
            ServerRequest request,
            ServerResponse response,
            String template,
            String choice,
            Function<Snapshot, @Nullable Map<String, Object>> values) {
        var snapshot = snapshots.newest();
        var language = chosen(request).map(one -> " " + one).orElseGet(() -> " as " + accepted(request));
        var key = request.path().path() + language + choice;
        var drawn = snapshot.drawn(key, () -> {
            var found = values.apply(snapshot);
            return found == null ? null : draw(page(request), template, found);
        });
        if (drawn == null) throw noSuchPage();
        send(request, response, drawn);
    }

    private Drawn draw(Page page, String template, Map<String, Object> values) {
        var html = renderer.draw(template, page, values).getBytes(StandardCharsets.UTF_8);
        var box = values.get("counted") instanceof Counted counted ? counted.box() : "";
        return new Drawn(new Answers.Body(html), page.language(), box);
    }

    private void send(ServerRequest request, ServerResponse response, Drawn drawn) {
        if (!drawn.box().isEmpty()) {
            response.header("Link", "</log/box/" + drawn.box() + "/>; rel=\"undersigned-record\"");
        }
        HTML.forEach(response::header);
        response.header(Objects.requireNonNull(LANGUAGES.get(drawn.language())));
        Answers.send(request, response, drawn.body());
    }

    private Page page(ServerRequest request) {
        return new Page(
                language(request),
                chosen(request).isPresent(),
                request.path().path(),
                publicUrl.toString(),
                inbox != null,
                Objects.requireNonNull(messages.get(language(request))),
                assets::url);
    }

    /// `en` or `es`.
    String language(ServerRequest request) {
        return chosen(request).orElseGet(() -> accepted(request));
    }

    private static Optional<String> chosen(ServerRequest request) {
        return request.query().first("lang").filter(Messages.LANGUAGES::contains);
    }

    /// The page that an address belongs to: `/p/x` of `/p/x/record`.
    static String above(ServerRequest request) {
        var path = request.path().path();
        return path.substring(0, path.lastIndexOf('/'));
    }

    static Problem noSuchPage() {
        return Problem.notFound("There is no such page.");
    }

    /// The first of our languages in the browser's list; browsers list them in order of preference.
    private static String accepted(ServerRequest request) {
        return request.headers().first(HeaderNames.ACCEPT_LANGUAGE).stream()
                .flatMap(list -> List.of(list.split(",", 20)).stream())
                .map(range -> range.strip().split("[-;]", 2)[0])
                .filter(Messages.LANGUAGES::contains)
                .findFirst()
                .orElse("en");
    }
}
