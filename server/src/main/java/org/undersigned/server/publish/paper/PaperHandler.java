package org.undersigned.server.publish.paper;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.count.box.Boxes;
import org.undersigned.server.count.register.Register;
import org.undersigned.server.platform.http.CachePolicy;
import org.undersigned.server.platform.http.RenderQueue;
import org.undersigned.server.platform.http.Representation;
import org.undersigned.server.site.PageContext;
import org.undersigned.server.site.PageRenderer;
import org.undersigned.server.site.PageResponder;
import org.undersigned.server.site.RequestedContent;
import org.undersigned.server.site.Snapshot;
import org.undersigned.server.site.view.PetitionPage;

/// Serves campaigns on paper. `{page}` is `p/…`, `a/…` or `l/…`. The server chooses the language as for pages, and
/// the paper size from `?paper=`: `letter` (the default) or `a4`.
public final class PaperHandler {
    private static final Representation HTML =
            Representation.byLanguage("text/html; charset=utf-8", CachePolicy.REVALIDATE);
    private static final Representation PDF = Representation.byLanguage("application/pdf", CachePolicy.REVALIDATE);
    /// A packet holds names. Signers show them to readers of the petition, not to people who search for a name.
    private static final Representation PACKET = PDF.with(HeaderValues.createCached("X-Robots-Tag", "noindex"));

    private final PageResponder pages;
    private final PageRenderer renderer = new PageRenderer();
    private final PaperRenderer papers;
    private final Register register;

    public PaperHandler(PageResponder pages, Boxes boxes, Register register, RenderQueue queue) {
        this.register = register;
        this.pages = pages;
        this.papers = new PaperRenderer(
                renderer, queue, boxes, register.key().registerVerifier().vkey());
    }

    /// `GET /{page}/paper`: the page that lists the papers to print.
    public void paper(ServerRequest request, ServerResponse response) {
        var path = PageResponder.parentPath(request);
        pages.publish(
                request,
                response,
                HTML,
                "",
                (shown, page) -> PaperRenderer.flyer(shown, page, path)
                        .map(found -> PaperPage.of(shown, path, found.item().title()))
                        .map(view -> renderer.render("paper", page, Map.of("view", view))
                                .getBytes(StandardCharsets.UTF_8))
                        .orElse(null));
    }

    /// `GET /{page}/flyer.pdf`: one page for a notice board.
    public void flyer(ServerRequest request, ServerResponse response) {
        flyer(request, response, "paper-flyer");
    }

    /// `GET /{page}/strips.pdf`: the flyer with the address on strips to tear off.
    public void strips(ServerRequest request, ServerResponse response) {
        flyer(request, response, "paper-strips");
    }

    private void flyer(ServerRequest request, ServerResponse response, String template) {
        var path = PageResponder.parentPath(request);
        flyer(request, response, template, (shown, page) -> PaperRenderer.flyer(shown, page, path));
    }

    /// `GET /c/{campus}/book/flyer.pdf`: invites people to draw a book without signing.
    public void bookFlyer(ServerRequest request, ServerResponse response) {
        var campus = RequestedContent.parameter(request, "campus");
        flyer(request, response, "paper-flyer", (shown, page) -> PaperRenderer.bookFlyer(shown, page, campus));
    }

    private void flyer(
            ServerRequest request,
            ServerResponse response,
            String template,
            BiFunction<Snapshot, PageContext, Optional<Snapshot.Found<Flyer>>> find) {
        print(
                request,
                response,
                PDF,
                (shown, page, size) -> find.apply(shown, page)
                        .map(found -> papers.flyer(
                                template,
                                found.item(),
                                page,
                                size,
                                found.stored().changed())));
    }

    /// `GET /p/{petition}/poster.pdf`: for a table where people sign; no poster after the petition closes.
    public void poster(ServerRequest request, ServerResponse response) {
        print(
                request,
                response,
                PDF,
                (shown, page, size) -> petition(request, shown)
                        .filter(what ->
                                PaperPage.of(shown, what.petition().path(), "").poster())
                        .map(what -> papers.poster(what, page, size, changed(shown, what.campaign()))));
    }

    /// `GET /p/{petition}/packet.pdf`: the petition with its counts and their proof, to hand over.
    public void packet(ServerRequest request, ServerResponse response) {
        print(
                request,
                response,
                PACKET,
                (shown, page, size) -> petition(request, shown)
                        .flatMap(what -> papers.packet(shown, what, page, size, changed(shown, what.campaign()))));
    }

    private Optional<PetitionPage> petition(ServerRequest request, Snapshot shown) {
        return RequestedContent.petition(request, shown)
                .map(found -> PetitionPage.of(
                        found.campaign(), found.item(), shown.box(found.item().path()), register));
    }

    private interface Printing {
        Optional<byte[]> of(Snapshot shown, PageContext page, PaperSize size);
    }

    private void print(
            ServerRequest request, ServerResponse response, Representation representation, Printing printing) {
        var size = request.query().first("paper").map(PaperSize::of).orElse(PaperSize.LETTER);
        pages.publish(
                request,
                response,
                representation,
                size.word(),
                (shown, page) -> printing.of(shown, page, size).orElse(null));
    }

    private static Instant changed(Snapshot shown, Campaign campaign) {
        return shown.stored(campaign.slug()).orElseThrow().changed();
    }
}
