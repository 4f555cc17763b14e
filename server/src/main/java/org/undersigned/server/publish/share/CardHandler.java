package org.undersigned.server.publish.share;

import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;
import java.util.function.BiFunction;
import org.undersigned.server.platform.http.CachePolicy;
import org.undersigned.server.platform.http.RenderQueue;
import org.undersigned.server.platform.http.Representation;
import org.undersigned.server.site.PageContext;
import org.undersigned.server.site.PageResponder;
import org.undersigned.server.site.RequestedContent;
import org.undersigned.server.site.Snapshot;

/// Serves the preview pictures of pages for messengers, the instance's icon and the logo. A picture is drawn again
/// only when its content changes.
public final class CardHandler {
    private static final Representation CARD =
            Representation.byLanguage("image/png", CachePolicy.MINUTES).openToEverybody();
    private static final Representation ICON_PNG =
            Representation.of("image/png", CachePolicy.MINUTES).openToEverybody();
    private static final Representation ICON_SVG =
            Representation.of("image/svg+xml", CachePolicy.MINUTES).openToEverybody();

    private final PageResponder pages;
    private final RenderQueue queue;
    private final CardRenderer renderer = new CardRenderer();

    public CardHandler(PageResponder pages, RenderQueue queue) {
        this.pages = pages;
        this.queue = queue;
    }

    /// `GET /card.png`: the card of pages that belong to no campaign.
    public void site(ServerRequest request, ServerResponse response) {
        send(request, response, (_, page) -> Optional.of(CardContents.site(page)));
    }

    /// `GET /k/{campaign}/card.png`
    public void campaign(ServerRequest request, ServerResponse response) {
        send(
                request,
                response,
                (shown, page) -> RequestedContent.campaign(request, shown)
                        .map(stored -> CardContents.campaign(page, stored.campaign(), shown.counted())));
    }

    /// `GET /c/{campus}/card.png`
    public void campus(ServerRequest request, ServerResponse response) {
        send(
                request,
                response,
                (shown, page) -> RequestedContent.campus(request, shown)
                        .map(found -> CardContents.campus(page, found.campaign(), found.item(), shown.counted())));
    }

    /// `GET /{page}/card.png`, of a petition, an action or a letter.
    public void countable(ServerRequest request, ServerResponse response) {
        var path = PageResponder.parentPath(request);
        send(
                request,
                response,
                (shown, page) -> shown.find(campaign -> CardContents.at(page, campaign, path, shown.counted(path)))
                        .map(Snapshot.Found::item));
    }

    private void send(
            ServerRequest request, ServerResponse response, BiFunction<Snapshot, PageContext, Optional<Card>> find) {
        pages.publish(request, response, CARD, find, card -> queue.render("card " + card, () -> renderer.draw(card)));
    }

    /// `GET /icon.png`
    public void icon(ServerRequest request, ServerResponse response) {
        pages.publish(request, response, ICON_PNG, "", (_, _) -> queue.render("icon", renderer::icon));
    }

    /// `GET /icon.svg`
    public void iconSvg(ServerRequest request, ServerResponse response) {
        pages.publish(request, response, ICON_SVG, "", (_, _) -> CardRenderer.iconSvg());
    }

    /// `GET /logo.png`, `GET /logo-dark.png`: the program's name with its icon, for newsrooms.
    ///
    /// @param dark true for a dark background
    public Handler logo(boolean dark) {
        return (request, response) -> pages.publish(
                request, response, ICON_PNG, "", (_, _) -> queue.render("logo " + dark, () -> renderer.logo(dark)));
    }

    /// `GET /logo.svg`, `GET /logo-dark.svg`
    public Handler logoSvg(boolean dark) {
        return (request, response) -> pages.publish(
                request,
                response,
                ICON_SVG,
                "",
                (_, _) -> queue.render("logo svg " + dark, () -> renderer.logoSvg(dark)));
    }
}
