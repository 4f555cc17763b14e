package org.undersigned.server.support;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A campaign of many campuses, each with a petition that opens in 2040. So it needs no boxes.
public final class LargeCampaign {
    private static final JsonMapper JSON = new JsonMapper();

    private LargeCampaign() {}

    /// @param slug     also the beginning of the slug of each petition
    /// @param campuses their number; the first ten thousand places of a grid over the United States
    public static String document(String slug, int campuses) {
        var document = (ObjectNode) JSON.readTree(ExampleCampaign.document());
        document.put("slug", slug).put("opens", "2040-01-10");
        for (var list : new String[] {"actions", "letters", "answers", "labels", "meetings", "figures"}) {
            if (document.has(list)) document.putArray(list);
        }
        var place = (ObjectNode) document.get("campuses").get(0);
        var petition = (ObjectNode) document.get("petitions").get(0);
        place.remove("chapter");
        var places = document.putArray("campuses");
        var petitions = document.putArray("petitions");
        for (var i = 0; i < campuses; i++) add(slug, i, place, petition, places, petitions);
        return document.toString();
    }

    private static void add(
            String slug, int i, ObjectNode place, ObjectNode petition, ArrayNode places, ArrayNode petitions) {
        var id = "campus" + i + ".example";
        var campus = place.deepCopy()
                .put("id", id)
                .put("name", "College number " + i)
                .put("latitude", 30 + 0.18 * (i / 100))
                .put("longitude", -120 + 0.4 * (i % 100));
        campus.putArray("domains").add(id);
        places.add(campus);
        petitions.add(petition.deepCopy().put("slug", slug + "-" + i).put("campus", id));
    }
}
