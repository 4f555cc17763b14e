package org.undersigned.server.campaign;

import org.undersigned.record.CanonicalJson;
import org.undersigned.tlog.Hash;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a signer signs: title, text and demands in every language, as canonical JSON (RFC 8785). Its SHA-256
/// stands in the box's manifest.
public final class PetitionText {
    private PetitionText() {}

    public static byte[] of(Campaign campaign, Campaign.Petition petition) {
        var json = JsonNodeFactory.instance.objectNode();
        put(json, "title", petition.title());
        put(json, "text", petition.text());
        var demands = json.putArray("demands");
        for (var demand : campaign.demands()) {
            if (petition.demands().contains(demand.id())) put(demands.addObject(), "text", demand.text());
        }
        return CanonicalJson.write(json);
    }

    public static Hash sha256(Campaign campaign, Campaign.Petition petition) {
        return Hash.sha256(of(campaign, petition));
    }

    private static void put(ObjectNode json, String name, Campaign.Text text) {
        json.putObject(name).put("en", text.en()).put("es", text.es());
    }
}
