package org.undersigned.server.demo;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.platform.http.CachedResponses;
import org.undersigned.server.platform.http.Problem;
import org.undersigned.server.site.PageResponder;
import tools.jackson.databind.json.JsonMapper;

/// Serves the demonstration's inbox as a page and as JSON. An instance for real use responds with 404.
public final class DemoInboxHandler {
    private static final JsonMapper JSON = new JsonMapper();

    private final @Nullable DemoInbox inbox;
    private final PageResponder pages;

    /// @param inbox null in an instance for real use
    public DemoInboxHandler(@Nullable DemoInbox inbox, PageResponder pages) {
        this.inbox = inbox;
        this.pages = pages;
    }

    /// `GET /demo/inbox`
    public void page(ServerRequest request, ServerResponse response) {
        pages.showNow(request, response, "inbox", Map.of("mails", inbox().newest()));
    }

    /// `GET /demo/inbox.json?to=ADDRESS`
    public void json(ServerRequest request, ServerResponse response) {
        var known = inbox();
        var to = request.query()
                .first("to")
                .orElseThrow(() -> Problem.malformed("to", "Add the parameter ?to=ADDRESS."));
        response.header(HeaderNames.CONTENT_TYPE, "application/json").header(HeaderNames.CACHE_CONTROL, "no-store");
        CachedResponses.send(request, response, JSON.writeValueAsBytes(known.to(to)));
    }

    private DemoInbox inbox() {
        if (inbox == null) throw PageResponder.noSuchPage();
        return inbox;
    }
}
