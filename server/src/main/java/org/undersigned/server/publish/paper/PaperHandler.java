package org.undersigned.server.publish.paper;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.count.box.Boxes;
import org.undersigned.server.platform.http.CachePolicy;
import org.undersigned.server.platform.http.RenderQueue;
import org.undersigned.server.platform.http.Representation;
import org.undersigned.server.site.PageContext;
import org.undersigned.server.site.PageRenderer;
import org.undersigned.server.site.PageResponder;
import org.undersigned.server.site.Snapshot;

/// Campaigns on paper. `{page}` is `p/…`, `a/…` or `l/…`; the language is chosen as for pages, the size of the
/// paper by `?paper=`: `letter`, also when it is not said, or `a4`.
public final class PaperHandler {
    private static final Representation HTML = Representation.byLanguage("text/html; charset=utf-8", CachePolicy.ASK);
    private static final Representation PDF = Representation.byLanguage("application/pdf", CachePolicy.ASK);
    /// It holds names that people chose to tell whoever reads the petition, not whoever searches for them.
    private static final Representation PACKET = PDF.with(HeaderValues.createCached("X-Robots-Tag", "noindex"));

    private final PageResponder pages;
    private final PageRenderer renderer = new PageRenderer();
    private final PaperRenderer papers;

    /// @param registerKey whose signature the record carries, in the form of `recount --key`
    public PaperHandler(PageResponder pages, Boxes boxes, RenderQueue queue, String registerKey) {
        this.pages = pages;
        this.papers = new PaperRenderer(renderer, queue, boxes, registerKey);
    }

    /// `GET /{page}/paper`: what there is to print.
    public void paper(ServerRequest request, ServerResponse response) {
        var path = PageResponder.parentPath(request);
        pages.publish(
                request,
                response,
                HTML,
                "",
                (shown, page) -> PaperRenderer.flyer(shown, page, path)
                        .map(found -> PaperPage.of(shown, path, found.what().title()))
                        .map(view -> renderer.render("paper", page, Map.of("view", view))
                                .getBytes(StandardCharsets.UTF_8))
                        .orElse(null));
    }

    /// `GET /{page}/flyer.pdf`: one page for a board.
    public void flyer(ServerRequest request, ServerResponse response) {
        flyer(request, response, "paper-flyer");
    }

    /// `GET /{page}/strips.pdf`: the same with the address to tear off.
    public void strips(ServerRequest request, ServerResponse response) {
        flyer(request, response, "paper-strips");
    }

    private void flyer(ServerRequest request, ServerResponse response, String template) {
        var path = PageResponder.parentPath(request);
        print(
                request,
                response,
                PDF,
                (shown, page, size) -> PaperRenderer.flyer(shown, page, path)
                        .map(found ->
                                papers.flyer(template, found.what(), page, size, changed(shown, found.campaign()))));
    }

    /// `GET /p/{petition}/poster.pdf`: for a table where people sign; none when they no longer can.
    public void poster(ServerRequest request, ServerResponse response) {
        var slug = request.path().pathParameters().get("petition");
        print(
                request,
                response,
                PDF,
                (shown, page, size) -> PaperRenderer.petition(shown, slug)
                        .filter(what ->
                                PaperPage.of(shown, what.petition().path(), "").poster())
                        .map(what -> papers.poster(what, page, size, changed(shown, what.campaign()))));
    }

    /// `GET /p/{petition}/packet.pdf`: the petition with its numbers and their proof, to hand over.
    public void packet(ServerRequest request, ServerResponse response) {
        var slug = request.path().pathParameters().get("petition");
        print(
                request,
                response,
                PACKET,
                (shown, page, size) -> PaperRenderer.petition(shown, slug)
                        .flatMap(what -> papers.packet(shown, what, page, size, changed(shown, what.campaign()))));
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
