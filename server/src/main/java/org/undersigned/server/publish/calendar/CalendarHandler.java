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
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.platform.http.CachePolicy;
import org.undersigned.server.platform.http.Representation;
import org.undersigned.server.site.PageContext;
import org.undersigned.server.site.PageResponder;
import org.undersigned.server.site.RequestedContent;
import org.undersigned.server.site.Snapshot;
import org.undersigned.server.site.view.ActionText;

/// Serves actions to calendar programs: one action to add, or a subscription to all actions of a campaign or
/// campus, including changes and cancellations.
public final class CalendarHandler {
    private static final Representation CALENDAR = Representation.byLanguage(
                    "text/calendar; charset=utf-8", CachePolicy.REVALIDATE)
            .openToEverybody();

    private final PageResponder pages;

    public CalendarHandler(PageResponder pages) {
        this.pages = pages;
    }

    /// `GET /a/{action}/action.ics`
    public void action(ServerRequest request, ServerResponse response) {
        send(
                request,
                response,
                "action",
                shown -> RequestedContent.action(request, shown)
                        .map(found -> new Chosen(
                                page -> new ActionText(found.campaign(), found.item(), page).title(),
                                List.of(new Part(found.stored(), List.of(found.item()))))));
    }

    /// `GET /k/{campaign}/actions.ics`
    public void campaign(ServerRequest request, ServerResponse response) {
        send(
                request,
                response,
                "campaign",
                shown -> RequestedContent.campaign(request, shown)
                        .map(stored -> new Chosen(
                                page -> page.in(stored.campaign().name()),
                                List.of(new Part(stored, stored.campaign().actions())))));
    }

    /// `GET /c/{campus}/actions.ics`: the actions of the campus in every campaign.
    public void campus(ServerRequest request, ServerResponse response) {
        send(
                request,
                response,
                "campus",
                shown -> RequestedContent.campus(request, shown)
                        .map(found -> new Chosen(
                                _ -> found.item().name(),
                                partsOf(shown, found.item().id()))));
    }

    private static List<Part> partsOf(Snapshot shown, String campus) {
        return shown.allStored().stream()
                .filter(stored -> stored.campaign().campus(campus).isPresent())
                .map(stored -> new Part(stored, stored.campaign().actionsOf(campus)))
                .toList();
    }

    /// `GET /k/{campaign}/subscribe`: instructions for following the campaign with the reader's own program.
    public void subscribe(ServerRequest request, ServerResponse response) {
        pages.show(
                request,
                response,
                "subscribe",
                shown -> RequestedContent.campaign(request, shown)
                        .<Map<String, Object>>map(
                                stored -> Map.of("campaign", stored.campaign(), "counted", shown.counted()))
                        .orElse(null));
    }

    private record Chosen(Function<PageContext, String> name, List<Part> parts) {}

    /// Actions of one campaign.
    private record Part(CampaignStore.StoredCampaign stored, List<Action> actions) {}

    private void send(
            ServerRequest request,
            ServerResponse response,
            String parameter,
            Function<Snapshot, Optional<Chosen>> choose) {
        if (choose.apply(pages.snapshot()).isPresent()) { // so the id exists, and is safe in a header
            var id = RequestedContent.parameter(request, parameter);
            response.header("Content-Disposition", "attachment; filename=\"" + id + ".ics\"");
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
                text.titleWithState(),
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
        return text.stops().isEmpty()
                ? text.campusNames()
                : text.campusNames() + ": " + String.join("; ", text.stops());
    }

    /// Returns all details that a participant needs on the way without a network.
    private static String description(ActionText text) {
        var paragraphs = new ArrayList<String>();
        paragraphs.add(text.kind() + " (" + text.state() + ")\n" + text.when() + "\n" + text.campusNames());
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
