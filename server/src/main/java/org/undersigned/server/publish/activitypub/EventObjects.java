package org.undersigned.server.publish.activitypub;

import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.undersigned.server.content.action.Action;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.site.PageContext;
import org.undersigned.server.site.view.ActionText;
import tools.jackson.databind.node.ObjectNode;

/// Builds ActivityStreams Events from actions, with the members that Mobilizon adds: `timezone`, `ical:status`
/// (RFC 5545 §3.8.1.11) and a PostalAddress.
final class EventObjects {
    private static final int LONGEST_NAME = 200; // Mobilizon's limit (lib/mobilizon/events/event.ex)

    private final ActorUrls urls;
    private final CampaignObjects objects;

    EventObjects(ActorUrls urls, CampaignObjects objects) {
        this.urls = urls;
        this.objects = objects;
    }

    OutgoingObject event(Campaign campaign, Action action) {
        var object = "events/" + action.slug();
        var json = objects.base(campaign, object, "Event", action.path());
        json.put("actor", urls.actor("")); // Mobilizon: the organizer, for the group in `attributedTo`
        objects.putLocalized(
                json,
                "name",
                "nameMap",
                page -> CampaignObjects.truncate(
                        LONGEST_NAME, new ActionText(campaign, action, page).titleWithState()));
        json.put(
                "summary",
                objects.joined(page -> new ActionText(campaign, action, page).when()) + " · "
                        + places(campaign, action));
        objects.content(json, action.path(), page -> lines(campaign, action, page));
        times(json, campaign, action);
        json.set("location", location(campaign, action));
        json.put("status", status(action)).put("ical:status", status(action));
        return new OutgoingObject(object, action.date(), json);
    }

    private static List<String> lines(Campaign campaign, Action action, PageContext page) {
        var lines = new ArrayList<String>();
        var text = new ActionText(campaign, action, page);
        lines.add(text.kind() + ", " + text.state() + ". " + text.when());
        lines.add(places(campaign, action));
        if (!action.stops().isEmpty()) {
            lines.add(action.stops().stream().map(page::in).collect(Collectors.joining(" → ")));
        }
        Stream.of(action.about(), action.accessibility(), action.bring())
                .filter(Objects::nonNull)
                .map(page::in)
                .forEach(lines::add);
        if (action.source() != null) {
            lines.add(
                    page.t("fediverse.source", campaign.source(action.source()).outlet()));
        }
        return lines;
    }

    /// An action without a time takes its whole day, as in a calendar.
    private static void times(ObjectNode json, Campaign campaign, Action action) {
        json.put("timezone", first(campaign, action).zone().getId());
        if (action.time() == null) {
            put(json, "startTime", begin(campaign, action, LocalTime.MIDNIGHT));
            put(json, "endTime", begin(campaign, action, LocalTime.MIDNIGHT).plusDays(1));
        } else {
            var begins = begin(campaign, action, action.time());
            put(json, "startTime", begins);
            if (action.minutes() != null) put(json, "endTime", begins.plusMinutes(action.minutes()));
        }
    }

    private static void put(ObjectNode json, String name, ZonedDateTime moment) {
        json.put(name, DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment));
    }

    private static ZonedDateTime begin(Campaign campaign, Action action, LocalTime time) {
        return ZonedDateTime.of(action.date(), time, first(campaign, action).zone());
    }

    private static Campaign.Campus first(Campaign campaign, Action action) {
        return campaign.campus(action.campuses().getFirst()).orElseThrow();
    }

    private static String places(Campaign campaign, Action action) {
        return action.campuses().stream()
                .map(id -> campaign.campus(id).orElseThrow().name())
                .collect(Collectors.joining(", "));
    }

    private ObjectNode location(Campaign campaign, Action action) {
        var campus = first(campaign, action);
        var json = BoundedJson.object();
        json.put("type", "Place");
        var stop = action.stops().isEmpty()
                ? ""
                : ": " + objects.joined(action.stops().getFirst());
        json.put("name", places(campaign, action) + stop);
        var address = json.putObject("address").put("type", "PostalAddress");
        campus.city().ifPresent(city -> address.put("addressLocality", city));
        address.put("addressRegion", campus.state()).put("addressCountry", "US");
        if (campus.latitude() != null && campus.longitude() != null) {
            json.put("latitude", campus.latitude()).put("longitude", campus.longitude());
        }
        return json;
    }

    private static String status(Action action) {
        return switch (action.state()) {
            case PLANNED -> "TENTATIVE";
            case CANCELLED -> "CANCELLED";
            case CONFIRMED, CHANGED, HELD -> "CONFIRMED";
        };
    }
}
