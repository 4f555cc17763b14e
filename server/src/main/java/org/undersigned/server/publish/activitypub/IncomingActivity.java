package org.undersigned.server.publish.activitypub;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What another server sent to an inbox (ActivityPub §5.2). Only three things mean something here; the rest is
/// [Ignored], whatever it says.
sealed interface IncomingActivity {
    int LONGEST_ID = 500;

    /// An actor wants to follow (§7.5).
    ///
    /// @param id     of the activity, which the answer repeats
    /// @param object whom it wants to follow
    record Follow(String id, URI actor, String object) implements IncomingActivity {}

    /// An actor no longer wants to (§7.10).
    record Unfollow(URI actor, String object) implements IncomingActivity {}

    /// An actor is no more (§7.4).
    record ActorDeleted(URI actor) implements IncomingActivity {}

    record Ignored() implements IncomingActivity {}

    /// @return null if it is no activity at all
    static @Nullable IncomingActivity parse(byte[] bytes) {
        var json = BoundedJson.read(bytes);
        if (json == null || BoundedJson.string(json, "type").isEmpty()) return null;
        var actor = address(BoundedJson.id(json, "actor"));
        if (actor == null) return null;
        return switch (BoundedJson.string(json, "type")) {
            case "Follow" -> follow(json, actor);
            case "Undo" -> undo(json, actor);
            case "Unfollow" -> new Unfollow(actor, BoundedJson.id(json, "object")); // Gancio says so instead of Undo
            case "Delete" ->
                BoundedJson.id(json, "object").equals(actor.toString()) ? new ActorDeleted(actor) : new Ignored();
            default -> new Ignored();
        };
    }

    private static @Nullable IncomingActivity follow(ObjectNode json, URI actor) {
        var id = BoundedJson.string(json, "id");
        var object = BoundedJson.id(json, "object");
        if (object.isEmpty() || address(id) == null) return null;
        return new Follow(id, actor, object);
    }

    private static IncomingActivity undo(ObjectNode json, URI actor) {
        var undone = json.get("object");
        var own = undone instanceof ObjectNode object
                && BoundedJson.id(object, "actor").equals(actor.toString());
        if (!own || !BoundedJson.string(undone, "type").equals("Follow")) return new Ignored();
        return new Unfollow(actor, BoundedJson.id((ObjectNode) undone, "object"));
    }

    /// @return null if it is no absolute web address of at most 500 printable characters
    static @Nullable URI address(String text) {
        if (text.length() > LONGEST_ID || !text.matches("https?://[!-~]+")) return null;
        try {
            var address = URI.create(text);
            return address.getHost() == null || address.getRawUserInfo() != null ? null : address;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
