package org.undersigned.server.publish.calendar;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.undersigned.server.content.action.Action;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.platform.http.CachePolicy;
import org.undersigned.server.platform.http.Representation;
import org.undersigned.server.site.PageContext;
import org.undersigned.server.site.PageResponder;
import org.undersigned.server.site.Snapshot;
import org.undersigned.server.site.view.ActionText;

/// Actions for a calendar program: to add one, or to subscribe to all of a campaign's or a campus's, changes and
/// cancellations included.
public final class CalendarHandler {
    private static final Representation CALENDAR = Representation.byLanguage(
                    "text/calendar; charset=utf-8", CachePolicy.ASK)
            .openToEverybody();

    private final PageResponder pages;

    public CalendarHandler(PageResponder pages) {
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
                        .map(found -> new Chosen(
                                page -> new ActionText(found.campaign(), found.what(), page).title(),
                                List.of(new Part(kept(shown, found.campaign()), List.of(found.what()))))));
    }

    /// `GET /k/{campaign}/actions.ics`
    public void campaign(ServerRequest request, ServerResponse response) {
        var slug = request.path().pathParameters().get("campaign");
        send(
                request,
                response,
                slug,
                shown -> shown.stored(slug)
                        .map(stored -> new Chosen(
                                page -> page.in(stored.campaign().name()),
                                List.of(new Part(stored, stored.campaign().actions())))));
    }

    /// `GET /c/{campus}/actions.ics`: of every campaign.
    public void campus(ServerRequest request, ServerResponse response) {
        var id = request.path().pathParameters().get("campus");
        send(
                request,
                response,
                id,
                shown -> shown.find(campaign -> campaign.campus(id))
                        .map(found -> new Chosen(
                                _ -> found.what().name(),
                                shown.campaigns().stream()
                                        .filter(campaign -> campaign.campus(id).isPresent())
                                        .map(campaign -> new Part(kept(shown, campaign), campaign.actionsOf(id)))
                                        .toList())));
    }

    /// `GET /k/{campaign}/subscribe`: how to follow with one's own program.
    public void subscribe(ServerRequest request, ServerResponse response) {
        var slug = request.path().pathParameters().get("campaign");
        pages.show(
                request,
                response,
                "subscribe",
                shown -> shown.campaign(slug)
                        .<Map<String, Object>>map(campaign -> Map.of("campaign", campaign, "counted", shown.counted()))
                        .orElse(null));
    }

    private static CampaignStore.StoredCampaign kept(Snapshot shown, Campaign campaign) {
        return shown.stored(campaign.slug()).orElseThrow();
    }

    private record Chosen(Function<PageContext, String> name, List<Part> parts) {}

    /// Actions of one campaign.
    private record Part(CampaignStore.StoredCampaign stored, List<Action> actions) {}

    private void send(
            ServerRequest request, ServerResponse response, String name, Function<Snapshot, Optional<Chosen>> choose) {
        if (choose.apply(pages.snapshot()).isPresent()) { // so `name` is one of ours, fit for a header
            response.header("Content-Disposition", "attachment; filename=\"" + name + ".ics\"");
        }
        var above = PageResponder.parentPath(request);
        pages.publish(
                request,
                response,
                CALENDAR,
                "",
                (shown, page) -> choose.apply(shown)
                        .map(chosen -> write(chosen, above, page))
                        .orElse(null));
    }

    private byte[] write(Chosen chosen, String above, PageContext page) {
        var entries = new ArrayList<CalendarWriter.Entry>();
        for (var part : chosen.parts()) {
            for (var action : part.actions()) entries.add(entry(part.stored(), action, page));
        }
        var changed = chosen.parts().stream()
                .map(part -> part.stored().changed())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        var head = new CalendarWriter.Head(
                chosen.name().apply(page), address(page, above), address(page, page.path()), page.language(), changed);
        return CalendarWriter.write(head, entries, pages.publicUrl().getHost());
    }

    private static CalendarWriter.Entry entry(CampaignStore.StoredCampaign stored, Action action, PageContext page) {
        var text = new ActionText(stored.campaign(), action, page);
        var campus = text.campuses().getFirst();
        var latitude = campus.latitude();
        var longitude = campus.longitude();
        return new CalendarWriter.Entry(
                stored.campaign().slug(),
                action,
                text.announced(),
                location(text),
                description(text),
                List.of(text.kind(), page.in(stored.campaign().name())),
                campus.zone(),
                latitude == null || longitude == null ? null : new CalendarWriter.Spot(latitude, longitude),
                address(page, action.path()),
                stored.revision(action));
    }

    private static String address(PageContext page, String path) {
        return page.publicUrl() + page.link(path);
    }

    private static String location(ActionText text) {
        return text.stops().isEmpty() ? text.who() : text.who() + ": " + String.join("; ", text.stops());
    }

    /// Everything a person needs on the way, without a network.
    private static String description(ActionText text) {
        var paragraphs = new ArrayList<String>();
        paragraphs.add(text.kind() + " (" + text.state() + ")\n" + text.when() + "\n" + text.who());
        var number = 1;
        var route = new ArrayList<String>();
        for (var stop : text.stops()) route.add(number++ + ". " + stop);
        if (!route.isEmpty()) paragraphs.add(String.join("\n", route));
        for (var note : text.notes()) {
            paragraphs.add(note.heading() == null ? note.text() : note.heading() + ": " + note.text());
        }
        paragraphs.add(address(text.page(), text.action().path()));
        return paragraphs.stream().collect(Collectors.joining("\n\n"));
    }
}
