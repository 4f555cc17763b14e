package org.undersigned.server.publish.activitypub;

import java.net.URI;
import java.util.Optional;

/// Builds the ids of what this instance publishes: `/actor` is the instance's own actor, `/ap/{campaign}` a
/// campaign's actor, `/ap/{campaign}/{kind}/{thing}` a campaign's Note or Event.
record ActorUrls(URI base) {
    static final String PUBLIC = "https://www.w3.org/ns/activitystreams#Public";

    /// @param slug of a campaign, or empty for the instance
    String actor(String slug) {
        return slug.isEmpty() ? base + "/actor" : base + "/ap/" + slug;
    }

    String inbox(String slug) {
        return actor(slug) + "/inbox";
    }

    String key(String slug) {
        return actor(slug) + "#main-key";
    }

    /// @param object as `events/evening-walk`
    String object(String slug, String object) {
        return actor(slug) + "/" + object;
    }

    /// Returns the part of an account name after the @, as `sign.example.org`.
    String host() {
        return base.getAuthority();
    }

    /// Returns the slug in a campaign actor's id; empty for other ids. The campaign may not exist.
    Optional<String> slug(String actor) {
        var prefix = actor("x").substring(0, actor("x").length() - 1);
        return Optional.of(actor)
                .filter(id -> id.startsWith(prefix))
                .map(id -> id.substring(prefix.length()))
                .filter(slug -> slug.matches("[a-z0-9-]{1,60}"));
    }
}
