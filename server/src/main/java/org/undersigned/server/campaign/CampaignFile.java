package org.undersigned.server.campaign;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a campaign document: strict about members, dates, and that everything named exists. The demonstration's,
/// `demo/sanctuary-campus.json`, shows the form.
public final class CampaignFile {
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();
    private static final Set<String> MEASURES = Set.of("planned", "held", "signed", "attended", "estimated");

    private CampaignFile() {}

    /// @throws IllegalArgumentException naming the member that is wrong, as `petitions[2].campus`, and what it
    ///     wants
    public static Campaign parse(String document) {
        try {
            var campaign = campaign(new Members(JSON.readTree(document), "campaign"));
            checkReferences(campaign);
            return campaign;
        } catch (JacksonException e) {
            var at = e.getLocation();
            throw new IllegalArgumentException("line " + at.getLineNr() + ", column " + at.getColumnNr()
                    + ": not JSON: " + e.getOriginalMessage());
        }
    }

    private static Campaign campaign(Members in) {
        var campaign = new Campaign(
                in.slug("slug"),
                in.text("hashtag"),
                in.both("name"),
                in.both("convener"),
                in.both("aim"),
                in.both("call"),
                in.both("context"),
                in.list(
                        "sources",
                        (at, _) -> new Campaign.Source(
                                at.text("id"), at.text("outlet"), at.textOrNull("by"), at.date("date"))),
                in.list(
                        "demands",
                        (at, _) -> new Campaign.Demand(
                                Math.toIntExact(at.number("id")), at.text("source"), at.both("text"))),
                in.list(
                        "campuses",
                        (at, _) -> new Campaign.Campus(
                                at.text("id"),
                                at.text("name"),
                                at.text("place"),
                                at.zone("zone"),
                                at.texts("domains"))),
                in.list(
                        "petitions",
                        (at, _) -> new Campaign.Petition(
                                at.slug("slug"),
                                at.text("campus"),
                                at.both("title"),
                                at.both("by"),
                                at.both("text"),
                                at.numbers("demands"))),
                in.list(
                        "actions",
                        (at, _) -> new Campaign.Action(
                                at.text("kind"),
                                at.texts("campuses"),
                                at.date("date"),
                                at.timeOrNull("time"),
                                at.both("place"),
                                at.text("source"))),
                in.list("figures", (at, _) -> figure(at)),
                in.list("statements", (at, _) -> new Campaign.Statement(at.text("source"), at.both("text"))));
        in.end();
        return campaign;
    }

    private static Campaign.Figure figure(Members at) {
        var measure = at.text("measure");
        if (!MEASURES.contains(measure)) throw at.wrong("measure", "is not one of " + MEASURES);
        return new Campaign.Figure(
                at.texts("about"),
                measure,
                at.text("words"),
                at.numberOrNull("low"),
                at.numberOrNull("high"),
                at.date("asOf"),
                at.text("source"),
                at.textOrNull("cites"),
                at.both("subject"));
    }

    private static void checkReferences(Campaign campaign) {
        var sources = unique(
                "sources", campaign.sources().stream().map(Campaign.Source::id).toList());
        var campuses = unique(
                "campuses",
                campaign.campuses().stream().map(Campaign.Campus::id).toList());
        var demands = unique(
                "demands", campaign.demands().stream().map(Campaign.Demand::id).toList());
        var petitions = unique(
                "petitions",
                campaign.petitions().stream().map(Campaign.Petition::slug).toList());
        campaign.demands().forEach(one -> known("demands", "source", one.source(), sources));
        campaign.statements().forEach(one -> known("statements", "source", one.source(), sources));
        for (var petition : campaign.petitions()) {
            known("petitions", "campus", petition.campus(), campuses);
            petition.demands().forEach(demand -> known("petitions", "demands", demand, demands));
        }
        for (var action : campaign.actions()) {
            known("actions", "source", action.source(), sources);
            action.campuses().forEach(campus -> known("actions", "campuses", campus, campuses));
        }
        for (var figure : campaign.figures()) {
            known("figures", "source", figure.source(), sources);
            for (var about : figure.about()) {
                if (!petitions.contains(about)) known("figures", "about", about, campuses);
            }
        }
    }

    private static <T> Set<T> unique(String list, List<T> ids) {
        var set = new HashSet<T>();
        for (var id : ids) {
            if (!set.add(id)) throw new IllegalArgumentException(list + ": " + id + " is there twice");
        }
        return set;
    }

    private static <T> void known(String list, String member, T id, Set<T> ids) {
        if (!ids.contains(id))
            throw new IllegalArgumentException(list + ": " + member + " names " + id + ", which is not there");
    }

    /// The members of one object, each taken once.
    private static final class Members {
        private final JsonNode node;
        private final String path;
        private final Set<String> taken = new HashSet<>();

        Members(JsonNode node, String path) {
            if (!node.isObject()) throw new IllegalArgumentException(path + " is not an object");
            this.node = node;
            this.path = path;
        }

        IllegalArgumentException wrong(String member, String how) {
            return new IllegalArgumentException(path + "." + member + " " + how);
        }

        private @Nullable JsonNode take(String member) {
            taken.add(member);
            var value = node.get(member);
            if (value == null) throw wrong(member, "is missing");
            return value.isNull() ? null : value;
        }

        @Nullable
        String textOrNull(String member) {
            var value = take(member);
            if (value == null) return null;
            if (!value.isString() || value.stringValue().isBlank()) throw wrong(member, "is not a text");
            return value.stringValue();
        }

        String text(String member) {
            var value = textOrNull(member);
            if (value == null) throw wrong(member, "is null");
            return value;
        }

        String slug(String member) {
            var value = text(member);
            if (!value.matches("[a-z0-9]+(-[a-z0-9]+)*")) throw wrong(member, "is not lower-case words with hyphens");
            return value;
        }

        Campaign.Text both(String member) {
            var value = take(member);
            if (value == null) throw wrong(member, "is null");
            var texts = new Members(value, path + "." + member);
            var both = new Campaign.Text(texts.text("en"), texts.text("es"));
            texts.end();
            return both;
        }

        @Nullable
        Long numberOrNull(String member) {
            var value = take(member);
            if (value == null) return null;
            if (!value.isIntegralNumber() || value.longValue() < 0) throw wrong(member, "is not a whole number");
            return value.longValue();
        }

        long number(String member) {
            var value = numberOrNull(member);
            if (value == null) throw wrong(member, "is null");
            return value;
        }

        LocalDate date(String member) {
            try {
                return LocalDate.parse(text(member));
            } catch (DateTimeException e) {
                throw wrong(member, "is not a date like 2016-11-16");
            }
        }

        @Nullable
        LocalTime timeOrNull(String member) {
            var value = textOrNull(member);
            try {
                return value == null ? null : LocalTime.parse(value);
            } catch (DateTimeException e) {
                throw wrong(member, "is not a time like 15:00");
            }
        }

        ZoneId zone(String member) {
            try {
                return ZoneId.of(text(member));
            } catch (DateTimeException e) {
                throw wrong(member, "is not a time zone like America/New_York");
            }
        }

        <T> List<T> list(String member, BiFunction<Members, Integer, T> read) {
            var value = take(member);
            if (value == null || !value.isArray()) throw wrong(member, "is not a list");
            var items = new ArrayList<T>();
            for (var i = 0; i < value.size(); i++) {
                var at = new Members(value.get(i), member + "[" + i + "]");
                items.add(read.apply(at, i));
                at.end();
            }
            return List.copyOf(items);
        }

        List<String> texts(String member) {
            return plain(member, JsonNode::isString).stream()
                    .map(JsonNode::stringValue)
                    .toList();
        }

        List<Integer> numbers(String member) {
            return plain(member, JsonNode::isInt).stream()
                    .map(JsonNode::intValue)
                    .toList();
        }

        private List<JsonNode> plain(String member, java.util.function.Predicate<JsonNode> kind) {
            var value = take(member);
            if (value == null || !value.isArray()) throw wrong(member, "is not a list");
            var items = new ArrayList<JsonNode>();
            for (var item : value) {
                if (!kind.test(item)) throw wrong(member, "holds something of the wrong kind");
                items.add(item);
            }
            return items;
        }

        void end() {
            for (var name : node.propertyNames()) {
                if (!taken.contains(name)) throw wrong(name, "is not known here");
            }
        }
    }
}
