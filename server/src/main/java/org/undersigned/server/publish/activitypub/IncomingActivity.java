package org.undersigned.server.publish.activitypub;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// An activity that another server sent to an inbox (ActivityPub §5.2). Three kinds have an effect here; all others
/// are [Ignored].
sealed interface IncomingActivity {
    int LONGEST_ID = 500;

    /// An actor wants to follow (§7.5).
    ///
    /// @param id     of the activity, which the Accept or Reject repeats
    /// @param object the actor to follow
    record Follow(String id, URI actor, String object) implements IncomingActivity {}

    /// An actor no longer wants to follow (§7.10).
    record Unfollow(URI actor, String object) implements IncomingActivity {}

    /// An actor was deleted (§7.4).
    record ActorDeleted(URI actor) implements IncomingActivity {}

    record Ignored() implements IncomingActivity {}

    /// @return null if it is not an activity
    static @Nullable IncomingActivity parse(byte[] bytes) {
        var json = BoundedJson.read(bytes);
        if (json == null || BoundedJson.string(json, "type").isEmpty()) return null;
        var actor = address(BoundedJson.id(json, "actor"));
        if (actor == null) return null;
        return switch (BoundedJson.string(json, "type")) {
            case "Follow" -> follow(json, actor);
            case "Undo" -> undo(json, actor);
            case "Unfollow" -> new Unfollow(actor, BoundedJson.id(json, "object")); // Gancio's form of Undo
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

    /// @return null if it is not an absolute web address of at most 500 printable characters
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
