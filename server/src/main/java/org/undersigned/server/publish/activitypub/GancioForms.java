package org.undersigned.server.publish.activitypub;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// Converts activities to the form that Gancio requires (its `server/federation/inbox.js` and `events.js`): a
/// place's address is one string (Mobilizon requires an object), and a removed object has its former type, since
/// Gancio searches for a Tombstone among notes only.
final class GancioForms {
    private GancioForms() {}

    /// Gancio serves its actor and inbox under this path.
    static boolean isGancioInbox(URI inbox) {
        return inbox.getRawPath().startsWith("/federation/");
    }

    static String toGancio(String body) {
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
