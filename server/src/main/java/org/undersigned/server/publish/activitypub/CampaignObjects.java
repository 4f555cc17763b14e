package org.undersigned.server.publish.activitypub;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.undersigned.server.content.answer.Answer;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.document.LocalizedText;
import org.undersigned.server.site.PageContext;
import org.undersigned.server.site.view.ActionText;
import tools.jackson.databind.node.ObjectNode;

/// Builds everything that a campaign publishes to its followers: a Note for each update, answer and change of an
/// action, and an Event for each action. Texts are in both languages, since a follower's language is unknown:
/// `content` has one after the other, `contentMap` each one separately.
///
/// How programs show them: Mastodon shows a Note's `content`, and an Event's `name`, `summary` and `url`; Mobilizon
/// and Gancio list the Event by `name`, `startTime`, `endTime`, `location` and `content`, Mobilizon also with its
/// `status`. A cancelled action keeps its Event, and the name includes the cancellation for programs that do not
/// read the status.
final class CampaignObjects {
    private final ActorUrls urls;
    private final List<PageContext> languages;
    private final EventObjects events;
    private final Map<String, Of> newest = new ConcurrentHashMap<>();

    private record Of(Campaign campaign, Map<String, OutgoingObject> objects) {}

    /// @param page returns the texts of a language
    CampaignObjects(ActorUrls urls, Function<String, PageContext> page) {
        this.urls = urls;
        this.languages = List.of(page.apply("en"), page.apply("es"));
        this.events = new EventObjects(urls, this);
    }

    /// Returns the objects of a campaign by id. They are built once for each state of the campaign.
    Map<String, OutgoingObject> of(Campaign campaign) {
        var known = newest.get(campaign.slug());
        if (known != null && known.campaign() == campaign) return known.objects();
        var said = all(campaign).stream().collect(Collectors.toMap(OutgoingObject::object, one -> one));
        newest.put(campaign.slug(), new Of(campaign, said));
        return said;
    }

    private List<OutgoingObject> all(Campaign campaign) {
        var said = new ArrayList<OutgoingObject>();
        var ordinals = new HashMap<String, Integer>();
        for (var update : campaign.updates().reversed()) { // oldest first, so that older numbers stay the same
            var id = numbered(ordinals, "updates/" + update.date());
            said.add(
                    note(campaign, id, update.date(), "/k/" + campaign.slug(), page -> update(campaign, update, page)));
        }
        for (var action : campaign.actions()) {
            said.add(events.event(campaign, action));
            for (var change : action.changes().reversed()) {
                var id = numbered(ordinals, "changes/" + action.slug() + "-" + change.date());
                said.add(note(
                        campaign,
                        id,
                        change.date(),
                        action.path(),
                        page -> List.of(
                                new ActionText(campaign, action, page).titleWithState(), page.in(change.text()))));
            }
        }
        for (var answer : campaign.answers()) {
            for (var step : answer.history().reversed()) {
                var id = numbered(ordinals, "answers/" + answer.campus() + "-" + answer.demand() + "-" + step.date());
                var path = "/k/" + campaign.slug() + "/answers";
                said.add(note(campaign, id, step.date(), path, page -> answer(campaign, answer, step, page)));
            }
        }
        return said;
    }

    /// Returns the type of an object, also of a removed one, from its id within the campaign.
    static String type(String object) {
        return object.startsWith("events/") ? "Event" : "Note";
    }

    private static String numbered(Map<String, Integer> ordinals, String id) {
        return id + "-" + ordinals.merge(id, 1, Integer::sum);
    }

    private static List<String> update(Campaign campaign, Campaign.Update update, PageContext page) {
        if (update.source() == null) return List.of(page.in(update.text()));
        var source = campaign.source(update.source()).outlet();
        return List.of(page.in(update.text()), page.t("fediverse.source", source));
    }

    private static List<String> answer(Campaign campaign, Answer answer, Answer.Step step, PageContext page) {
        var campus = campaign.campus(answer.campus()).orElseThrow().name();
        var demand = page.in(campaign.demand(answer.demand()).text());
        var lines = new ArrayList<String>();
        lines.add(page.t("fediverse.answer", campus, demand, page.t("status." + step.statusWord())));
        if (step.words() != null) lines.add(page.t("fediverse.words", page.in(step.words())));
        if (step.by() != null) lines.add(page.in(step.by()) + ", " + page.date(step.date()));
        return lines;
    }

    private OutgoingObject note(
            Campaign campaign, String object, LocalDate about, String path, Function<PageContext, List<String>> lines) {
        var json = base(campaign, object, "Note", path);
        content(json, path, lines);
        return new OutgoingObject(object, about, json);
    }

    /// Returns the members that notes and events have in common.
    ObjectNode base(Campaign campaign, String object, String type, String path) {
        var json = BoundedJson.object();
        json.put("id", urls.object(campaign.slug(), object));
        json.put("type", type);
        json.put("attributedTo", urls.actor(campaign.slug()));
        json.putArray("to").add(ActorUrls.PUBLIC);
        json.putArray("cc").add(urls.actor(campaign.slug()) + "/followers");
        json.put("url", urls.base() + path);
        if (campaign.hashtag().matches("(?U)#\\w+")) {
            json.putArray("tag")
                    .addObject()
                    .put("type", "Hashtag")
                    .put("name", campaign.hashtag())
                    .put("href", urls.base() + "/k/" + campaign.slug());
        }
        json.putArray("attachment"); // Gancio requires one, even if it is empty
        return json;
    }

    /// Adds the paragraphs in each language, and the page's address.
    void content(ObjectNode json, String path, Function<PageContext, List<String>> lines) {
        var link = urls.base() + path;
        var anchor = "<p><a href=\"" + html(link) + "\">" + html(link) + "</a></p>";
        var all = new StringBuilder();
        var map = BoundedJson.object();
        for (var page : languages) {
            var paragraphs = lines.apply(page).stream()
                    .map(line -> "<p>" + html(line) + "</p>")
                    .collect(Collectors.joining());
            all.append(paragraphs);
            map.put(page.language(), paragraphs + anchor);
        }
        json.put("mediaType", "text/html");
        json.put("content", all + anchor);
        json.set("contentMap", map);
    }

    /// Adds a text in English as `name`, and in each language as `map`.
    void putLocalized(ObjectNode json, String name, String map, Function<PageContext, String> text) {
        json.put(name, text.apply(languages.getFirst()));
        var all = json.putObject(map);
        languages.forEach(page -> all.put(page.language(), text.apply(page)));
    }

    /// Returns a text in both languages, one after the other.
    String joined(Function<PageContext, String> text) {
        return languages.stream().map(text).distinct().collect(Collectors.joining(" · "));
    }

    String joined(LocalizedText text) {
        return joined(page -> page.in(text));
    }

    /// Returns the text, or its beginning and an ellipsis.
    ///
    /// @param most code points
    static String truncate(int most, String text) {
        if (text.codePointCount(0, text.length()) <= most) return text;
        return text.substring(0, text.offsetByCodePoints(0, most - 1)).stripTrailing() + "…";
    }

    static String html(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("\n", "<br>");
    }
}
