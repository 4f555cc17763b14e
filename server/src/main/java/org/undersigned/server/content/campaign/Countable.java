package org.undersigned.server.content.campaign;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.undersigned.record.CanonicalJson;
import org.undersigned.record.Manifest;
import org.undersigned.server.content.action.Action;
import org.undersigned.server.content.document.LocalizedText;
import org.undersigned.server.content.letter.LetterDrive;
import org.undersigned.tlog.Hash;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A subject that a box can count: a petition, a pledge to come, or a letter that people state they sent.
///
/// @param kind   of the manifest's subject: `petition` or `pledge`
/// @param path   of its page
/// @param campus directory id, or "*" for every campus of the campaign
/// @param zone   time zone in which times of counts are shown: that of the (first) campus
/// @param title  short
/// @param text   the text that a signer signs, as canonical JSON (RFC 8785); the manifest contains its SHA-256
/// @param period when the document says that people may sign
public record Countable(
        String kind, String path, String campus, ZoneId zone, LocalizedText title, byte[] text, SigningPeriod period) {
    public Countable {
        text = text.clone();
    }

    static Countable of(Campaign campaign, Campaign.Petition petition) {
        var json = words(petition.title(), petition.text());
        var demands = json.putArray("demands");
        for (var demand : campaign.demands()) {
            if (petition.demands().contains(demand.id())) put(demands, demand);
        }
        var zone = campaign.campus(petition.campus()).orElseThrow().zone();
        return new Countable(
                "petition",
                petition.path(),
                petition.campus(),
                zone,
                petition.title(),
                CanonicalJson.write(json),
                SigningPeriod.of(campaign, zone));
    }

    static Countable of(Campaign campaign, Action action) {
        var title = campaign.titleOf(action);
        var json = words(title, new LocalizedText("I will come.", "Iré."));
        json.put("date", action.date().toString()).put("kind", action.kindWord());
        var campuses = json.putArray("campuses");
        action.campuses().forEach(campuses::add);
        var campus = action.campuses().size() == 1 ? action.campuses().getFirst() : "*";
        var zones =
                campaign.campusesOf(action).stream().map(Campaign.Campus::zone).toList();
        var period = zones.stream()
                .map(zone -> SigningPeriod.of(campaign, zone).until(SigningPeriod.endOf(action.date(), zone)))
                .reduce(SigningPeriod::longer)
                .orElseThrow();
        if (action.state() == Action.State.CANCELLED) period = period.until(Instant.MIN);
        return new Countable(
                "pledge", action.path(), campus, zones.getFirst(), title, CanonicalJson.write(json), period);
    }

    static Countable of(Campaign campaign, LetterDrive drive) {
        var json = words(drive.title(), new LocalizedText("I sent my letter.", "Envié mi carta."));
        json.put("campaign", campaign.slug()).put("deadline", drive.deadline().toString());
        return new Countable(
                "pledge",
                drive.path(),
                "*",
                drive.zone(),
                drive.title(),
                CanonicalJson.write(json),
                SigningPeriod.of(campaign, drive.zone()).until(drive.deadline()));
    }

    private static ObjectNode words(LocalizedText title, LocalizedText text) {
        var json = JsonNodeFactory.instance.objectNode();
        json.putObject("title").put("en", title.en()).put("es", title.es());
        json.putObject("text").put("en", text.en()).put("es", text.es());
        return json;
    }

    private static void put(ArrayNode list, Campaign.Demand demand) {
        list.addObject()
                .put("id", demand.id())
                .putObject("text")
                .put("en", demand.text().en())
                .put("es", demand.text().es());
    }

    /// The unit of its count: `signatures`, `coming` or `letters`, as in message keys.
    public String unit() {
        if (kind.equals("petition")) return "signatures";
        return path.startsWith("/a/") ? "coming" : "letters";
    }

    /// True if people sign the same words here and in `signed`, a text of an earlier document, apart from how the
    /// demands are worded. A petition keeps the wording of its demands with which it opened: an accent that is
    /// corrected in a demand must not end the counts of every campus that makes it.
    public boolean differsOnlyInWordingOfDemands(byte[] signed) {
        return withoutWordingOfDemands(text).equals(withoutWordingOfDemands(signed));
    }

    /// A text with the ids of its demands only.
    private static JsonNode withoutWordingOfDemands(byte[] text) {
        var json = CanonicalJson.parse(text);
        for (var demand : json.path("demands")) ((ObjectNode) demand).remove("text");
        return json;
    }

    /// The wordings of the demands in a signed text of a petition, in their order.
    public static List<LocalizedText> demandsOf(byte[] signed) {
        var demands = new ArrayList<LocalizedText>();
        for (var demand : CanonicalJson.parse(signed).path("demands")) {
            var text = demand.path("text");
            demands.add(new LocalizedText(
                    text.path("en").asString(""), text.path("es").asString("")));
        }
        return demands;
    }

    @Override
    public byte[] text() {
        return text.clone();
    }

    /// The subject for the manifest.
    public Manifest.Subject subject() {
        return new Manifest.Subject(kind, path, Hash.sha256(text));
    }
}
