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
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.platform.http.AcceptHeaders;
import org.undersigned.server.platform.http.Assets;
import org.undersigned.server.platform.http.CachePolicy;
import org.undersigned.server.platform.http.CachedResponses;
import org.undersigned.server.platform.http.Problem;
import org.undersigned.server.platform.http.Representation;

/// Sends pages. The language comes from the address's `?lang=`, else from the browser; there are no cookies. A page
/// rendered once from a snapshot is sent from memory until public data changes.
public final class PageResponder {
    private static final Representation HTML =
            Representation.byLanguage("text/html; charset=utf-8", CachePolicy.REVALIDATE);

    private static final Map<String, Header> LANGUAGES = Map.of(
            "en", HeaderValues.createCached(HeaderNames.CONTENT_LANGUAGE, "en"),
            "es", HeaderValues.createCached(HeaderNames.CONTENT_LANGUAGE, "es"));

    private static final Header BY_LANGUAGE = HeaderValues.createCached(HeaderNames.VARY, "Accept-Language");

    private final SnapshotCache snapshots;
    private final CachedResponses responses;
    private final Assets assets;
    private final URI publicUrl;
    private final boolean demo;
    private final boolean followed;
    private final @Nullable URI program;
    private final PageRenderer renderer = new PageRenderer();
    private final Map<String, Messages> messages = Map.of("en", new Messages("en"), "es", new Messages("es"));

    /// @param demo     true for the demonstration, whose pages say so
    /// @param followed true if campaigns can be followed over ActivityPub
    /// @param program  where people get the program that recounts, or null
    public PageResponder(
            SnapshotCache snapshots,
            CachedResponses responses,
            Assets assets,
            URI publicUrl,
            boolean demo,
            boolean followed,
            @Nullable URI program) {
        this.snapshots = snapshots;
        this.responses = responses;
        this.assets = assets;
        this.publicUrl = publicUrl;
        this.demo = demo;
        this.followed = followed;
        this.program = program;
    }

    /// Sends a page that is rendered for this request and cached nowhere.
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

    /// The context of a language, for content that no request asks for.
    public PageContext context(String language) {
        return new PageContext(
                language,
                false,
                "/",
                publicUrl.toString(),
                demo,
                Objects.requireNonNull(messages.get(language)),
                assets::url,
                followed,
                program);
    }

    /// Sends the page that `template` renders from `values`; responds with 404 if `values` returns null.
    public void show(
            ServerRequest request,
            ServerResponse response,
            String template,
            Function<Snapshot, @Nullable Map<String, Object>> values) {
        show(request, response, template, "", values);
    }

    /// Like the method above, for a page that also depends on `choice`, which takes one of a few values.
    public void show(
            ServerRequest request,
            ServerResponse response,
            String template,
            String choice,
            Function<Snapshot, @Nullable Map<String, Object>> values) {
        show(request, response, HTML, template, choice, values);
    }

    /// Like the method above, for a page with a representation of its own.
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

    /// Makes the body of a public response from a snapshot.
    @FunctionalInterface
    public interface BodyMaker {
        /// @param page the reader's language with its texts
        /// @return null if the snapshot has no such content
        byte @Nullable [] from(Snapshot shown, PageContext page);
    }

    /// Sends the body that `make` makes from the newest snapshot, from memory if it was made before.
    ///
    /// @param choice what the body depends on besides the address and the language, one of a few values; or empty
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

    /// Like the method above, for content that is first found and then written.
    ///
    /// @param find returns empty if there is no such content
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
        var rendered = snapshot.rendered(key, () -> {
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

    /// The context of a request: the reader's language and the page's address.
    public PageContext context(ServerRequest request) {
        return new PageContext(
                language(request),
                chosen(request).isPresent(),
                request.path().path(),
                publicUrl.toString(),
                demo,
                Objects.requireNonNull(messages.get(language(request))),
                assets::url,
                followed,
                program);
    }

    /// `en` or `es`.
    public String language(ServerRequest request) {
        return chosen(request).orElseGet(() -> accepted(request));
    }

    /// The language that the address names in `?lang=`; empty if it names none of ours.
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

    /// The one of our languages that the browser prefers; English if it prefers none of them.
    private static String accepted(ServerRequest request) {
        return AcceptHeaders.language(request, Messages.LANGUAGES).orElse("en");
    }
}
