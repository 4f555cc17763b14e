package org.undersigned.server.pages;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.stream.Collectors;
import org.undersigned.server.action.Action;
import org.undersigned.server.action.Calendars;
import org.undersigned.server.campaign.Campaign;

/// Actions for a calendar program: to add one, or to subscribe to all of a campaign's, changes and cancellations
/// included.
public final class CalendarHandler {
    private final PageHandler pages;

    public CalendarHandler(PageHandler pages) {
        this.pages = pages;
    }

    /// `GET /a/{action}/action.ics`
    public void action(ServerRequest request, ServerResponse response) {
        var slug = request.path().pathParameters().get("action");
        var found = pages.snapshot().find(campaign -> campaign.action(slug)).orElseThrow(PageHandler::noSuchPage);
        send(request, response, slug, found.campaign(), List.of(found.what()));
    }

    /// `GET /k/{campaign}/actions.ics`
    public void actions(ServerRequest request, ServerResponse response) {
        var slug = request.path().pathParameters().get("campaign");
        var campaign = pages.snapshot().campaign(slug).orElseThrow(PageHandler::noSuchPage);
        send(request, response, slug, campaign, campaign.actions());
    }

    private void send(
            ServerRequest request, ServerResponse response, String name, Campaign campaign, List<Action> actions) {
        var language = pages.language(request);
        var entries = actions.stream()
                .map(action -> entry(campaign, action, language))
                .toList();
        var host = pages.publicUrl().getHost();
        response.header(HeaderNames.CONTENT_TYPE, "text/calendar; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"" + name + ".ics\"")
                .header(HeaderNames.CACHE_CONTROL, "no-cache")
                .send(Calendars.write(entries, host, pages.snapshot().taken()));
    }

    private Calendars.Entry entry(Campaign campaign, Action action, String language) {
        var campuses = action.campuses().stream()
                .map(id -> campaign.campus(id).orElseThrow())
                .toList();
        var title = campaign.titleOf(action);
        var places = campuses.stream().map(Campaign.Campus::name).collect(Collectors.joining(", "));
        var address = pages.publicUrl() + action.path();
        return new Calendars.Entry(
                action, title.in(language), campuses.getFirst().zone(), places, address, language);
    }
}
