package org.undersigned.server.publish.share;

import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;
import java.util.function.BiFunction;
import org.undersigned.server.platform.http.Caching;
import org.undersigned.server.platform.http.Kind;
import org.undersigned.server.platform.http.Workshop;
import org.undersigned.server.site.Page;
import org.undersigned.server.site.PageHandler;
import org.undersigned.server.site.Snapshot;

/// Pictures of pages, for messengers, and the instance's icon. A picture is drawn again only when what it says has
/// changed.
public final class CardHandler {
    private static final Kind CARD =
            Kind.byLanguage("image/png", Caching.MINUTES).openToEverybody();
    private static final Kind ICON_PNG = Kind.of("image/png", Caching.MINUTES).openToEverybody();
    private static final Kind ICON_SVG =
            Kind.of("image/svg+xml", Caching.MINUTES).openToEverybody();

    private final PageHandler pages;
    private final Workshop workshop;
    private final Studio studio = new Studio();

    public CardHandler(PageHandler pages, Workshop workshop) {
        this.pages = pages;
        this.workshop = workshop;
    }

    /// `GET /card.png`: of pages that belong to no campaign.
    public void site(ServerRequest request, ServerResponse response) {
        send(request, response, (_, page) -> Optional.of(Cards.site(page)));
    }

    /// `GET /k/{campaign}/card.png`
    public void campaign(ServerRequest request, ServerResponse response) {
        var slug = request.path().pathParameters().get("campaign");
        send(
                request,
                response,
                (shown, page) -> shown.campaign(slug).map(campaign -> Cards.campaign(page, campaign, shown.counted())));
    }

    /// `GET /c/{campus}/card.png`
    public void campus(ServerRequest request, ServerResponse response) {
        var id = request.path().pathParameters().get("campus");
        send(
                request,
                response,
                (shown, page) -> shown.find(campaign -> campaign.campus(id))
                        .map(found -> Cards.campus(page, found.campaign(), found.what(), shown.counted())));
    }

    /// `GET /{page}/card.png`, of a petition, an action or a letter.
    public void countable(ServerRequest request, ServerResponse response) {
        var path = PageHandler.above(request);
        send(
                request,
                response,
                (shown, page) -> shown.find(campaign -> Cards.at(page, campaign, path, shown.counted(path)))
                        .map(Snapshot.Found::what));
    }

    private void send(ServerRequest request, ServerResponse response, BiFunction<Snapshot, Page, Optional<Card>> find) {
        pages.publish(request, response, CARD, find, card -> workshop.make("card " + card, () -> studio.draw(card)));
    }

    /// `GET /icon.png`
    public void icon(ServerRequest request, ServerResponse response) {
        pages.publish(request, response, ICON_PNG, "", (_, _) -> workshop.make("icon", studio::icon));
    }

    /// `GET /icon.svg`
    public void iconSvg(ServerRequest request, ServerResponse response) {
        pages.publish(request, response, ICON_SVG, "", (_, _) -> Studio.iconSvg());
    }

    /// `GET /logo.png`, `GET /logo-dark.png`: the program's name with its mark, for newsrooms.
    ///
    /// @param dark for a dark ground
    public Handler logo(boolean dark) {
        return (request, response) -> pages.publish(
                request, response, ICON_PNG, "", (_, _) -> workshop.make("logo " + dark, () -> studio.logo(dark)));
    }

    /// `GET /logo.svg`, `GET /logo-dark.svg`
    public Handler logoSvg(boolean dark) {
        return (request, response) -> pages.publish(
                request,
                response,
                ICON_SVG,
                "",
                (_, _) -> workshop.make("logo svg " + dark, () -> studio.logoSvg(dark)));
    }
}
