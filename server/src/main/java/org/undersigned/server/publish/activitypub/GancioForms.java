package org.undersigned.server.publish.activitypub;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// What Gancio takes only in a form of its own (its `server/federation/inbox.js` and `events.js`): a place's
/// address as one string, where Mobilizon takes only an object; and what is taken back by its former type, since it
/// looks for a Tombstone among notes only.
final class GancioForms {
    private GancioForms() {}

    /// Gancio serves its actor and inbox under this path.
    static boolean isAt(URI inbox) {
        return inbox.getRawPath().startsWith("/federation/");
    }

    static String plain(String body) {
        var json = BoundedJson.read(body.getBytes(StandardCharsets.UTF_8));
        if (json == null || !(json.get("object") instanceof ObjectNode object)) return body;
        if (object.get("location") instanceof ObjectNode place) {
            var city = BoundedJson.string(place.get("address"), "addressLocality");
            var state = BoundedJson.string(place.get("address"), "addressRegion");
            place.put(
                    "address",
                    Stream.of(city, state).filter(one -> !one.isEmpty()).collect(Collectors.joining(", ")));
        }
        var former = BoundedJson.string(object, "formerType");
        if (!former.isEmpty()) object.put("type", former);
        return BoundedJson.text(json);
    }
}
