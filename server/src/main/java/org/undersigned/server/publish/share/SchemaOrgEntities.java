package org.undersigned.server.publish.share;

import static org.undersigned.server.publish.share.JsonLd.node;
import static org.undersigned.server.publish.share.JsonLd.picture;
import static org.undersigned.server.publish.share.JsonLd.reference;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.action.Action;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.letter.LetterDrive;
import org.undersigned.server.site.BoxCounts;
import org.undersigned.server.site.PageContext;
import org.undersigned.server.site.view.ActionPage;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Builds the schema.org entities that pages are about, only from the campaign's document and the counts. A count
/// too small to be shown is left out.
final class SchemaOrgEntities {
    private final PageContext page;
    private final Campaign campaign;

    SchemaOrgEntities(PageContext page, Campaign campaign) {
        this.page = page;
        this.campaign = campaign;
    }

    ObjectNode campaign() {
        var path = "/k/" + campaign.slug();
        var work = work(path, "campaign", page.in(campaign.name()))
                .put("alternateName", campaign.hashtag())
                .put("abstract", page.in(campaign.aim()))
                .put("text", page.in(campaign.call()));
        conveners(work.putArray("author"));
        return work;
    }

    private void conveners(ArrayNode list) {
        campaign.conveners().forEach(one -> list.add(node("Organization").put("name", one.name())));
    }

    ObjectNode campus(Campaign.Campus campus) {
        var type = campus.kind().equals("high-school") ? "HighSchool" : "CollegeOrUniversity";
        var school = node(page, type, "/c/" + campus.id(), "campus").put("name", campus.name());
        where(campus, school);
        if (campus.system() != null) {
            school.set("parentOrganization", node("Organization").put("name", campus.system()));
        }
        return school;
    }

    ObjectNode petition(Campaign.Petition petition, @Nullable BoxCounts counted) {
        var work = work(petition.path(), "petition", page.in(petition.title()))
                .put("text", page.in(petition.text()))
                .put("creditText", page.in(petition.by()));
        partOf(work);
        if (counted != null) work.put("expires", counted.closes().toString());
        count(work, "EndorseAction", counted);
        return work;
    }

    ObjectNode letter(LetterDrive drive, @Nullable BoxCounts counted) {
        var work = work(drive.path(), "letter", page.in(drive.title()))
                .put("abstract", page.in(drive.why()))
                .put("text", page.in(drive.template()))
                .put("creditText", page.in(drive.by()))
                .put("expires", drive.deadline().toString());
        partOf(work);
        count(work, "SendAction", counted);
        return work;
    }

    private ObjectNode work(String path, String fragment, String name) {
        return node(page, "CreativeWork", path, fragment)
                .put("name", name)
                .put("url", page.address(path))
                .put("inLanguage", page.language());
    }

    private void partOf(ObjectNode work) {
        work.set("isPartOf", reference(page.publicUrl() + "/k/" + campaign.slug() + "#campaign"));
    }

    /// @param title       of the page
    /// @param description of the page, for an action without a description
    ObjectNode event(Action action, @Nullable BoxCounts counted, String title, String description) {
        var view = new ActionPage(campaign, action);
        var event = node(page, "Event", action.path(), "event")
                .put("name", title)
                .put("description", description(action, view, description))
                .put("url", page.address(action.path()))
                .put("inLanguage", page.language())
                .put("startDate", moment(action.date(), action.time(), view.zone()));
        end(event, action, view.zone());
        status(event, action, view.zone());
        location(event, view);
        organizer(event, view);
        var card = page.address(action.path() + "/card.png", page.language());
        event.set("image", picture(card, CardRenderer.WIDTH, CardRenderer.HEIGHT, null));
        count(event, "JoinAction", counted);
        return event;
    }

    /// ISO 8601 with the local offset from UTC; only the day if no time is known.
    private static String moment(LocalDate date, @Nullable LocalTime time, ZoneId zone) {
        return time == null
                ? date.toString()
                : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                        date.atTime(time).atZone(zone));
    }

    private static void end(ObjectNode event, Action action, ZoneId zone) {
        if (action.time() == null || action.minutes() == null) return;
        var end = action.date().atTime(action.time()).atZone(zone).plusMinutes(action.minutes());
        event.put("endDate", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(end));
    }

    private static void status(ObjectNode event, Action action, ZoneId zone) {
        var before = action.changes().stream()
                .map(Action.Change::previousStart)
                .filter(Objects::nonNull)
                .map(was -> moment(was.date(), was.time(), zone))
                .toList();
        var status = action.state() == Action.State.CANCELLED
                ? "EventCancelled"
                : before.isEmpty() ? "EventScheduled" : "EventRescheduled";
        event.put("eventStatus", "https://schema.org/" + status);
        if (before.size() == 1) event.put("previousStartDate", before.getFirst());
        if (before.size() > 1) before.forEach(event.putArray("previousStartDate")::add);
    }

    private void location(ObjectNode event, ActionPage view) {
        if (view.action().kind() == Action.Kind.CALL_DAY) { // participants call from any place
            event.put("eventAttendanceMode", "https://schema.org/OnlineEventAttendanceMode");
            event.set(
                    "location",
                    node("VirtualLocation")
                            .put("url", page.address(view.action().path())));
            return;
        }
        event.put("eventAttendanceMode", "https://schema.org/OfflineEventAttendanceMode");
        var places = event.putArray("location");
        for (var campus : view.campuses()) {
            var place = node("Place").put("name", campus.name());
            where(campus, place);
            places.add(place);
        }
        if (view.campuses().size() > 1) return; // stops have no campus of their own: the description lists them
        for (var name : view.action().stops()) {
            var stop = node("Place").put("name", page.in(name));
            where(view.campuses().getFirst(), stop);
            stop.remove("geo"); // they are the coordinates of the campus
            places.add(stop);
        }
    }

    private String description(Action action, ActionPage view, String otherwise) {
        var words = action.about() == null ? otherwise : page.in(action.about());
        if (view.campuses().size() == 1 || action.stops().isEmpty()) return words;
        return words + " "
                + action.stops().stream()
                        .map(page::in)
                        .collect(Collectors.joining("; ", page.t("action.where") + ": ", "."));
    }

    /// Adds the campus's chapter; the campaign's conveners if there is no chapter or there are several campuses.
    private void organizer(ObjectNode event, ActionPage view) {
        var chapter = view.campuses().size() == 1 ? view.campuses().getFirst().chapter() : null;
        var organizers = event.putArray("organizer");
        if (chapter == null) {
            conveners(organizers);
        } else {
            organizers.add(node("Organization").put("name", page.in(chapter.name())));
        }
    }

    private static void where(Campaign.Campus campus, ObjectNode to) {
        var address = node("PostalAddress");
        campus.city().ifPresent(city -> address.put("addressLocality", city));
        address.put("addressRegion", campus.state()).put("addressCountry", "US");
        to.set("address", address);
        if (campus.latitude() == null || campus.longitude() == null) return;
        to.set("geo", node("GeoCoordinates").put("latitude", campus.latitude()).put("longitude", campus.longitude()));
    }

    /// Adds a number for each class of signers, never their sum.
    private void count(ObjectNode to, String action, @Nullable BoxCounts counted) {
        if (counted == null || !counted.isPublished()) return;
        var shown = counted.classes().stream()
                .filter(cls -> BoxCounts.isShown(cls.count()))
                .map(cls -> {
                    var counter = node("InteractionCounter")
                            .put("name", page.t("record.class." + cls.name()))
                            .put("userInteractionCount", cls.count());
                    counter.set("interactionType", node(action));
                    return page.demo() ? counter.put("description", page.t("demoSigners")) : counter;
                })
                .toList();
        if (!shown.isEmpty()) shown.forEach(to.putArray("interactionStatistic")::add);
    }
}
