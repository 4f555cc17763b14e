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
import org.undersigned.server.platform.http.Caching;
import org.undersigned.server.platform.http.Kind;
import org.undersigned.server.site.Page;
import org.undersigned.server.site.PageHandler;
import org.undersigned.server.site.Snapshot;
import org.undersigned.server.site.view.ActionWords;

/// Actions for a calendar program: to add one, or to subscribe to all of a campaign's or a campus's, changes and
/// cancellations included.
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
                        .map(found -> new Chosen(
                                page -> new ActionWords(found.campaign(), found.what(), page).title(),
                                List.of(new Part(kept(shown, found.campaign()), List.of(found.what()))))));
    }

    /// `GET /k/{campaign}/actions.ics`
    public void campaign(ServerRequest request, ServerResponse response) {
        var slug = request.path().pathParameters().get("campaign");
        send(
                request,
                response,
                slug,
                shown -> shown.kept(slug)
                        .map(kept -> new Chosen(
                                page -> page.in(kept.campaign().name()),
                                List.of(new Part(kept, kept.campaign().actions())))));
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

    private static CampaignStore.Kept kept(Snapshot shown, Campaign campaign) {
        return shown.kept(campaign.slug()).orElseThrow();
    }

    private record Chosen(Function<Page, String> name, List<Part> parts) {}

    /// Actions of one campaign.
    private record Part(CampaignStore.Kept kept, List<Action> actions) {}

    private void send(
            ServerRequest request, ServerResponse response, String name, Function<Snapshot, Optional<Chosen>> choose) {
        if (choose.apply(pages.snapshot()).isPresent()) { // so `name` is one of ours, fit for a header
            response.header("Content-Disposition", "attachment; filename=\"" + name + ".ics\"");
        }
        var above = PageHandler.above(request);
        pages.publish(
                request,
                response,
                CALENDAR,
                "",
                (shown, page) -> choose.apply(shown)
                        .map(chosen -> write(chosen, above, page))
                        .orElse(null));
    }

    private byte[] write(Chosen chosen, String above, Page page) {
        var entries = new ArrayList<Calendars.Entry>();
        for (var part : chosen.parts()) {
            for (var action : part.actions()) entries.add(entry(part.kept(), action, page));
        }
        var changed = chosen.parts().stream()
                .map(part -> part.kept().changed())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        var head = new Calendars.Head(
                chosen.name().apply(page), address(page, above), address(page, page.path()), page.language(), changed);
        return Calendars.write(head, entries, pages.publicUrl().getHost());
    }

    private static Calendars.Entry entry(CampaignStore.Kept kept, Action action, Page page) {
        var words = new ActionWords(kept.campaign(), action, page);
        var campus = words.campuses().getFirst();
        var latitude = campus.latitude();
        var longitude = campus.longitude();
        return new Calendars.Entry(
                kept.campaign().slug(),
                action,
                words.announced(),
                location(words),
                description(words),
                List.of(words.kind(), page.in(kept.campaign().name())),
                campus.zone(),
                latitude == null || longitude == null ? null : new Calendars.Spot(latitude, longitude),
                address(page, action.path()),
                kept.revision(action));
    }

    private static String address(Page page, String path) {
        return page.publicUrl() + page.link(path);
    }

    private static String location(ActionWords words) {
        return words.stops().isEmpty() ? words.who() : words.who() + ": " + String.join("; ", words.stops());
    }

    /// Everything a person needs on the way, without a network.
    private static String description(ActionWords words) {
        var paragraphs = new ArrayList<String>();
        paragraphs.add(words.kind() + " (" + words.state() + ")\n" + words.when() + "\n" + words.who());
        var number = 1;
        var route = new ArrayList<String>();
        for (var stop : words.stops()) route.add(number++ + ". " + stop);
        if (!route.isEmpty()) paragraphs.add(String.join("\n", route));
        for (var note : words.notes()) {
            paragraphs.add(note.heading() == null ? note.text() : note.heading() + ": " + note.text());
        }
        paragraphs.add(address(words.page(), words.action().path()));
        return paragraphs.stream().collect(Collectors.joining("\n\n"));
    }
}
