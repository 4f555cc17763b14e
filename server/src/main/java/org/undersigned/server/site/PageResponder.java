package org.undersigned.server.site;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.demo.DemoInbox;
import org.undersigned.server.platform.http.AcceptHeaders;
import org.undersigned.server.platform.http.Assets;
import org.undersigned.server.platform.http.CachePolicy;
import org.undersigned.server.platform.http.CachedResponses;
import org.undersigned.server.platform.http.Problem;
import org.undersigned.server.platform.http.Representation;
import org.undersigned.server.site.view.ApiPage;
import tools.jackson.databind.json.JsonMapper;

/// Sends pages: the language is the address's own `?lang=`, else the browser's; there are no cookies. A page drawn
/// once from a snapshot is sent from memory until something public changes. Also the pages that belong to no
/// campaign.
public final class PageResponder {
    private static final JsonMapper JSON = new JsonMapper();

    private static final Representation HTML = Representation.byLanguage("text/html; charset=utf-8", CachePolicy.ASK);

    private static final Map<String, Header> LANGUAGES = Map.of(
            "en", HeaderValues.createCached(HeaderNames.CONTENT_LANGUAGE, "en"),
            "es", HeaderValues.createCached(HeaderNames.CONTENT_LANGUAGE, "es"));

    /// What a person may have changed in an address by hand.
    private static final Set<String> HINTED = Set.of("page", "paper", "rules");

    private static final Header BY_LANGUAGE = HeaderValues.createCached(HeaderNames.VARY, "Accept-Language");

    private final SnapshotCache snapshots;
    private final CachedResponses responses;
    private final Assets assets;
    private final URI publicUrl;
    private final @Nullable DemoInbox inbox;
    private final boolean followed;
    private final @Nullable URI program;
    private final PageRenderer renderer = new PageRenderer();
    private final Map<String, Messages> messages = Map.of("en", new Messages("en"), "es", new Messages("es"));

    /// @param inbox the demonstration's, or null
    /// @param followed whether campaigns can be followed over ActivityPub
    /// @param program where people get the program that recounts, or null
    public PageResponder(
            SnapshotCache snapshots,
            CachedResponses responses,
            Assets assets,
            URI publicUrl,
            @Nullable DemoInbox inbox,
            boolean followed,
            @Nullable URI program) {
        this.snapshots = snapshots;
        this.responses = responses;
        this.assets = assets;
        this.publicUrl = publicUrl;
        this.inbox = inbox;
        this.followed = followed;
        this.program = program;
    }

    /// `GET /mine`
    public void mine(ServerRequest request, ServerResponse response) {
        show(request, response, "mine", _ -> Map.of());
    }

    /// `GET /privacy`
    public void privacy(ServerRequest request, ServerResponse response) {
        show(request, response, "privacy", _ -> Map.of());
    }

    /// `GET /api`: what programs can read, for people who write them.
    public void api(ServerRequest request, ServerResponse response) {
        show(request, response, "api", shown -> Map.of("view", ApiPage.of(shown)));
    }

    /// `GET /demo/inbox`
    public void inbox(ServerRequest request, ServerResponse response) {
        if (inbox == null) throw noSuchPage();
        showNow(request, response, "inbox", Map.of("mails", inbox.newest()));
    }

    /// `GET /demo/inbox.json?to=ADDRESS`
    public void inboxJson(ServerRequest request, ServerResponse response) {
        if (inbox == null) throw noSuchPage();
        var to = request.query().first("to").orElseThrow(() -> Problem.malformed("to", "Say whose mail: ?to=ADDRESS"));
        response.header(HeaderNames.CONTENT_TYPE, "application/json").header(HeaderNames.CACHE_CONTROL, "no-store");
        CachedResponses.send(request, response, JSON.writeValueAsBytes(inbox.to(to)));
    }

    /// The page for a person who went where nothing is.
    public void problem(ServerRequest request, ServerResponse response, Problem problem) {
        problem.answering(response);
        var kind =
                switch (problem.status()) {
                    case 404 -> "absent";
                    case 503 -> "busy";
                    case 500 -> "broken";
                    default -> "refused";
                };
        var field = problem.field();
        var hint = field != null && HINTED.contains(field) ? field : "";
        showNow(request, response, "error", Map.of("kind", kind, "hint", hint));
    }

    /// A page of this moment, kept nowhere.
    public void showNow(ServerRequest request, ServerResponse response, String template, Map<String, Object> values) {
        var page = context(request);
        var bytes = renderer.render(template, page, values).getBytes(StandardCharsets.UTF_8);
        response.header(HeaderNames.CONTENT_TYPE, HTML.type())
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .header(HeaderNames.CONTENT_LANGUAGE, page.language());
        response.headers().setIfAbsent(BY_LANGUAGE);
        CachedResponses.send(request, response, bytes);
    }

    public Snapshot snapshot() {
        return snapshots.current();
    }

    public URI publicUrl() {
        return publicUrl;
    }

    /// A language's texts, for what is written without anybody asking.
    public PageContext context(String language) {
        return new PageContext(
                language,
                false,
                "/",
                publicUrl.toString(),
                inbox != null,
                Objects.requireNonNull(messages.get(language)),
                assets::url,
                followed,
                program);
    }

    /// Sends the page `template` draws from `values`; null values: there is no such page.
    public void show(
            ServerRequest request,
            ServerResponse response,
            String template,
            Function<Snapshot, @Nullable Map<String, Object>> values) {
        show(request, response, template, "", values);
    }

    /// As the other one, for a page that also depends on `choice`, one of few.
    public void show(
            ServerRequest request,
            ServerResponse response,
            String template,
            String choice,
            Function<Snapshot, @Nullable Map<String, Object>> values) {
        show(request, response, HTML, template, choice, values);
    }

    /// As the other one, for a page of a kind of its own.
    public void show(
            ServerRequest request,
            ServerResponse response,
            Representation representation,
            String template,
            String choice,
            Function<Snapshot, @Nullable Map<String, Object>> values) {
        send(request, response, representation, choice, (shown, page) -> {
            var found = values.apply(shown);
            if (found == null) return null;
            var html = renderer.render(template, page, found).getBytes(StandardCharsets.UTF_8);
            return new MadeBody(html, found.get("counted") instanceof BoxCounts counted ? counted.box() : "");
        });
    }

    /// Makes a public answer from a snapshot.
    @FunctionalInterface
    public interface BodyMaker {
        /// @param page the reader's language with its texts
        /// @return null if there is no such thing
        byte @Nullable [] from(Snapshot shown, PageContext page);
    }

    /// Sends what `make` makes of the newest snapshot, from memory if it was made before.
    ///
    /// @param choice what it depends on beside the address and the language, one of few; or empty
    public void publish(
            ServerRequest request,
            ServerResponse response,
            Representation representation,
            String choice,
            BodyMaker make) {
        send(request, response, representation, choice, (shown, page) -> {
            var bytes = make.from(shown, page);
            return bytes == null ? null : new MadeBody(bytes, "");
        });
    }

    /// As the other one, for what is found first and then written.
    ///
    /// @param find empty: there is no such thing
    public <T> void publish(
            ServerRequest request,
            ServerResponse response,
            Representation representation,
            BiFunction<Snapshot, PageContext, Optional<T>> find,
            Function<T, byte[]> write) {
        publish(
                request,
                response,
                representation,
                "",
                (shown, page) -> find.apply(shown, page).map(write).orElse(null));
    }

    private record MadeBody(byte[] bytes, String box) {}

    private void send(
            ServerRequest request,
            ServerResponse response,
            Representation representation,
            String choice,
            BiFunction<Snapshot, PageContext, @Nullable MadeBody> make) {
        var snapshot = snapshots.current();
        var language = representation.isByLanguage()
                ? chosen(request).map(one -> " " + one).orElseGet(() -> " as " + accepted(request))
                : "";
        var key = request.path().path() + language + " " + choice;
        var rendered = snapshot.drawn(key, () -> {
            var page = context(request);
            var made = make.apply(snapshot, page);
            if (made == null) return null;
            return new RenderedPage(
                    responses.body(key, representation, made.bytes(), snapshot.taken()), page.language(), made.box());
        });
        if (rendered == null) throw noSuchPage();
        if (!rendered.box().isEmpty()) {
            response.header("Link", "</log/box/" + rendered.box() + "/>; rel=\"urn:undersigned:record\"");
        }
        if (representation.isByLanguage()) response.header(Objects.requireNonNull(LANGUAGES.get(rendered.language())));
        CachedResponses.send(request, response, representation, rendered.body());
    }

    /// The reader's language and address.
    public PageContext context(ServerRequest request) {
        return new PageContext(
                language(request),
                chosen(request).isPresent(),
                request.path().path(),
                publicUrl.toString(),
                inbox != null,
                Objects.requireNonNull(messages.get(language(request))),
                assets::url,
                followed,
                program);
    }

    /// `en` or `es`.
    public String language(ServerRequest request) {
        return chosen(request).orElseGet(() -> accepted(request));
    }

    /// The language an address asks for, if it does.
    public static Optional<String> chosen(ServerRequest request) {
        return request.query().first("lang").filter(Messages.LANGUAGES::contains);
    }

    /// The page that an address belongs to: `/p/x` of `/p/x/record`.
    public static String parentPath(ServerRequest request) {
        var path = request.path().path();
        return path.substring(0, path.lastIndexOf('/'));
    }

    public static Problem noSuchPage() {
        return Problem.notFound("There is no such page.");
    }

    /// The one of our languages the browser prefers.
    private static String accepted(ServerRequest request) {
        return AcceptHeaders.language(request, Messages.LANGUAGES).orElse("en");
    }
}
