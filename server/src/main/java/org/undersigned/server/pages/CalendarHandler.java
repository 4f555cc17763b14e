package org.undersigned.server.pages;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.undersigned.server.action.Action;
import org.undersigned.server.action.Calendars;
import org.undersigned.server.campaign.Campaign;
import org.undersigned.server.http.Caching;
import org.undersigned.server.http.Kind;

/// Actions for a calendar program: to add one, or to subscribe to all of a campaign's, changes and cancellations
/// included.
public final class CalendarHandler {
    private static final Kind CALENDAR =
            Kind.byLanguage("text/calendar; charset=utf-8", Caching.ASK).openToEverybody();

    private final PageHandler pages;

    public CalendarHandler(PageHandler pages) {
        this.pages = pages;
    }

    /// `GET /a/{action}/action.ics`
    public void action(ServerRequest request, ServerResponse response) {
        var slug = request.path().pathParameters().get("action");
        send(
                request,
                response,
                slug,
                shown -> shown.find(campaign -> campaign.action(slug))
                        .map(found -> new Some(found.campaign(), List.of(found.what()))));
    }

    /// `GET /k/{campaign}/actions.ics`
    public void actions(ServerRequest request, ServerResponse response) {
        var slug = request.path().pathParameters().get("campaign");
        send(
                request,
                response,
                slug,
                shown -> shown.campaign(slug).map(campaign -> new Some(campaign, campaign.actions())));
    }

    private record Some(Campaign campaign, List<Action> actions) {}

    private void send(
            ServerRequest request, ServerResponse response, String name, Function<Snapshot, Optional<Some>> in) {
        response.header("Content-Disposition", "attachment; filename=\"" + name + ".ics\"");
        pages.publish(
                request,
                response,
                CALENDAR,
                "",
                (shown, page) -> in.apply(shown)
                        .map(some -> write(some, shown, page.language()))
                        .orElse(null));
    }

    private byte[] write(Some some, Snapshot shown, String language) {
        var campaign = some.campaign();
        var entries = some.actions().stream()
                .map(action -> entry(campaign, action, language))
                .toList();
        var changed = shown.kept(campaign.slug()).orElseThrow().changed();
        return Calendars.write(entries, pages.publicUrl().getHost(), changed);
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
