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
import org.undersigned.server.platform.http.Caching;
import org.undersigned.server.platform.http.Kind;
import org.undersigned.server.platform.http.Workshop;
import org.undersigned.server.site.Page;
import org.undersigned.server.site.PageHandler;
import org.undersigned.server.site.Renderer;
import org.undersigned.server.site.Snapshot;

/// Campaigns on paper. `{page}` is `p/…`, `a/…` or `l/…`; the language is chosen as for pages, the size of the paper by
/// `?paper=`: `letter`, also when it is not said, or `a4`.
public final class PaperHandler {
    private static final Kind HTML = Kind.byLanguage("text/html; charset=utf-8", Caching.ASK);
    private static final Kind PDF = Kind.byLanguage("application/pdf", Caching.ASK);
    /// It holds names that people chose to tell whoever reads the petition, not whoever searches for them.
    private static final Kind PACKET = PDF.with(HeaderValues.createCached("X-Robots-Tag", "noindex"));

    private final PageHandler pages;
    private final Renderer renderer = new Renderer();
    private final Papers papers;

    /// @param registerKey whose signature the record carries, in the form of `recount --key`
    public PaperHandler(PageHandler pages, Boxes boxes, Workshop workshop, String registerKey) {
        this.pages = pages;
        this.papers = new Papers(renderer, workshop, boxes, registerKey);
    }

    /// `GET /{page}/paper`: what there is to print.
    public void paper(ServerRequest request, ServerResponse response) {
        var path = PageHandler.above(request);
        pages.publish(
                request,
                response,
                HTML,
                "",
                (shown, page) -> Papers.flyer(shown, page, path)
                        .map(found -> PaperPage.of(shown, path, found.what().title()))
                        .map(view -> renderer.draw("paper", page, Map.of("view", view))
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
        var path = PageHandler.above(request);
        print(
                request,
                response,
                PDF,
                (shown, page, sheet) -> Papers.flyer(shown, page, path)
                        .map(found ->
                                papers.flyer(template, found.what(), page, sheet, changed(shown, found.campaign()))));
    }

    /// `GET /p/{petition}/poster.pdf`: for a table where people sign; none when they no longer can.
    public void poster(ServerRequest request, ServerResponse response) {
        var slug = request.path().pathParameters().get("petition");
        print(
                request,
                response,
                PDF,
                (shown, page, sheet) -> Papers.petition(shown, slug)
                        .filter(what ->
                                PaperPage.of(shown, what.petition().path(), "").poster())
                        .map(what -> papers.poster(what, page, sheet, changed(shown, what.campaign()))));
    }

    /// `GET /p/{petition}/packet.pdf`: the petition with its numbers and their proof, to hand over.
    public void packet(ServerRequest request, ServerResponse response) {
        var slug = request.path().pathParameters().get("petition");
        print(
                request,
                response,
                PACKET,
                (shown, page, sheet) -> Papers.petition(shown, slug)
                        .flatMap(what -> papers.packet(shown, what, page, sheet, changed(shown, what.campaign()))));
    }

    private interface Printing {
        Optional<byte[]> of(Snapshot shown, Page page, Sheet sheet);
    }

    private void print(ServerRequest request, ServerResponse response, Kind kind, Printing printing) {
        var sheet = request.query().first("paper").map(Sheet::of).orElse(Sheet.LETTER);
        pages.publish(
                request,
                response,
                kind,
                sheet.word(),
                (shown, page) -> printing.of(shown, page, sheet).orElse(null));
    }

    private static Instant changed(Snapshot shown, Campaign campaign) {
        return shown.kept(campaign.slug()).orElseThrow().changed();
    }
}
