package org.undersigned.server.publish.page;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.count.register.NamedRelay;
import org.undersigned.server.platform.http.Problem;
import org.undersigned.server.platform.http.Representation;
import org.undersigned.server.site.PageResponder;
import org.undersigned.server.site.view.ApiPage;

/// The pages that belong to no campaign.
public final class PageHandler {
    /// Query parameters that a person may have changed by hand; the page of a problem explains them.
    private static final Set<String> EXPLAINED = Set.of("page", "paper", "rules");

    private final PageResponder pages;
    private final @Nullable NamedRelay relay;
    private final Representation mine;

    /// @param relay through which browsers cast, or null
    public PageHandler(PageResponder pages, @Nullable NamedRelay relay) {
        this.pages = pages;
        this.relay = relay;
        this.mine = new SendingPages(relay).mine;
    }

    /// `GET /mine`
    public void mine(ServerRequest request, ServerResponse response) {
        pages.show(request, response, mine, "mine", "", _ -> Map.of());
    }

    /// `GET /privacy`
    public void privacy(ServerRequest request, ServerResponse response) {
        pages.show(request, response, "privacy", _ -> Map.of("relay", relay == null ? "" : relay.operator()));
    }

    /// `GET /api`: what programs can read, for people who write them.
    public void api(ServerRequest request, ServerResponse response) {
        pages.show(request, response, "api", shown -> Map.of("view", ApiPage.of(shown)));
    }

    /// Sends the page that shows a problem to a person.
    public void problem(ServerRequest request, ServerResponse response, Problem problem) {
        problem.setStatusAndHeaders(response);
        var kind =
                switch (problem.status()) {
                    case 404 -> "absent";
                    case 503 -> "busy";
                    case 500 -> "broken";
                    default -> "refused";
                };
        var field = problem.field();
        var hint = field != null && EXPLAINED.contains(field) ? field : "";
        pages.showNow(request, response, "error", Map.of("kind", kind, "hint", hint));
    }
}
