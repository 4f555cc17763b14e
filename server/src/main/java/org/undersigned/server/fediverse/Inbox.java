package org.undersigned.server.fediverse;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.crypto.CryptoPool;
import org.undersigned.tlog.Hash;

/// Takes what other servers send. Who follows is kept as its server's shared inbox and a keyed tag (see [Actors]),
/// never as a name; whose server has no shared inbox is told that it cannot follow, since a personal inbox is a name.
///
/// **Crash story.** A follow is durable before it is accepted, and the acceptance, which names the follower, is written
/// nowhere: it is sent while the request waits, and only then is the request answered. If anything fails in between,
/// the sender hears an error or nothing, sends its Follow again, and is accepted again.
///
/// **Replays.** The hash of a signature that made somebody follow is kept until it is too old to be taken; the same
/// request sent again later does not bring back who has left.
final class Inbox {
    private final FediverseStore store;
    private final Actors actors;
    private final RemoteActors remote;
    private final Post post;
    private final CryptoPool crypto;
    private final Limits limits;
    private final Addresses addresses;
    private final Supplier<Stream<String>> campaigns;
    private final SecureRandom random;
    private final Clock clock;

    /// @param campaigns the slugs there are
    Inbox(
            FediverseStore store,
            Actors actors,
            RemoteActors remote,
            Post post,
            CryptoPool crypto,
            Addresses addresses,
            Supplier<Stream<String>> campaigns,
            SecureRandom random,
            Clock clock) {
        this.store = store;
        this.actors = actors;
        this.remote = remote;
        this.post = post;
        this.crypto = crypto;
        this.limits = new Limits(clock);
        this.addresses = addresses;
        this.campaigns = campaigns;
        this.random = random;
        this.clock = clock;
    }

    /// What becomes of a request.
    enum Outcome {
        /// Done, or nothing to do.
        TAKEN,
        /// No activity.
        MALFORMED,
        /// Not proven to be the actor's.
        UNSIGNED,
        /// Too much from there this minute.
        TOO_MUCH,
        /// Done, but the sender could not be told: let it send again.
        AGAIN
    }

    /// @param target the request's method and path, as `post /actor/inbox`
    Outcome receive(String target, Proof.Headers headers, byte[] body) {
        var activity = Activity.parse(body);
        return switch (activity) {
            case null -> Outcome.MALFORMED;
            case Activity.Ignored _ -> Outcome.TAKEN;
            case Activity.Follow follow -> from(follow.actor(), target, headers, body, follow);
            case Activity.Unfollow unfollow -> from(unfollow.actor(), target, headers, body, unfollow);
            case Activity.Farewell farewell -> from(farewell.actor(), target, headers, body, farewell);
        };
    }

    private Outcome from(URI actor, String target, Proof.Headers headers, byte[] body, Activity activity) {
        var signature = Proof.of(headers, addresses.base());
        if (signature == null
                || !signature.isFitting(headers, body, clock)
                || !addresses.host().equalsIgnoreCase(headers.apply("host"))) return Outcome.UNSIGNED;
        if (!limits.take(actor.getRawAuthority().toLowerCase(Locale.ROOT))) return Outcome.TOO_MUCH;
        var text = signature.signingString(target, headers);
        var answer = signer(actor, signature, text);
        return switch (answer) {
            case RemoteActors.Found found -> done(activity, found, signature);
            // Its key is gone with it, but its own server says so: as good as a signature. Asked in every case, so that
            // the time to the answer tells nobody who follows.
            case RemoteActors.Gone _ when activity instanceof Activity.Farewell -> done(activity, null, signature);
            case RemoteActors.Gone _, RemoteActors.Unknown _ -> Outcome.UNSIGNED;
        };
    }

    /// The actor if it signed; its key is asked for again when it did not sign with the one remembered.
    private RemoteActors.Answer signer(URI actor, Proof signature, @Nullable String text) {
        if (text == null) return new RemoteActors.Unknown();
        RemoteActors.Answer answer = new RemoteActors.Unknown();
        for (var afresh : new boolean[] {false, true}) {
            answer = remote.find(actor, afresh);
            if (!(answer instanceof RemoteActors.Found found)) return answer;
            if (found.keyId().equals(RemoteActors.withoutFragment(signature.keyId()))
                    && crypto.call(() -> signature.isBy(found.key(), text))) return found;
        }
        return new RemoteActors.Unknown();
    }

    private Outcome done(Activity activity, RemoteActors.@Nullable Found from, Proof signature) {
        switch (activity) {
            case Activity.Follow follow
            when from != null -> {
                return follow(follow, from, signature);
            }
            case Activity.Unfollow unfollow ->
                campaign(unfollow.object()).ifPresent(slug -> leave(slug, unfollow.actor()));
            case Activity.Farewell farewell -> campaigns.get().forEach(slug -> leave(slug, farewell.actor()));
            default -> {}
        }
        return Outcome.TAKEN;
    }

    private void leave(String slug, URI actor) {
        store.unfollow(slug, actors.of(slug).tag(actor.toString()));
    }

    private Optional<String> campaign(String actor) {
        return addresses.slug(actor).filter(slug -> campaigns.get().anyMatch(slug::equals));
    }

    private Outcome follow(Activity.Follow follow, RemoteActors.Found from, Proof signature) {
        var slug = campaign(follow.object()).orElse(null);
        if (slug == null) return Outcome.TAKEN;
        if (from.inbox() == null) {
            return answer("Reject", slug, follow, from.ownInbox()) ? Outcome.TAKEN : Outcome.AGAIN;
        }
        var tag = actors.of(slug).tag(follow.actor().toString());
        var seen = new FediverseStore.Seen(Hash.sha256(signature.signature()).bytes(), untilTooOld());
        var follower = new FediverseStore.Follower(slug, tag, from.inbox().toString());
        var origin = follow.actor().getScheme() + "://" + from.inbox().getRawAuthority() + "/";
        if (!store.follow(follower, origin, seen)) return Outcome.TAKEN;
        return answer("Accept", slug, follow, from.inbox()) ? Outcome.TAKEN : Outcome.AGAIN;
    }

    /// In whole hours, so that it tells no moment.
    private Instant untilTooOld() {
        var oldest = clock.instant().plus(Proof.WINDOW.multipliedBy(2));
        return oldest.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
    }

    private boolean answer(String type, String slug, Activity.Follow follow, URI inbox) {
        var id = new byte[12];
        random.nextBytes(id);
        var json = Json.object();
        json.put("@context", "https://www.w3.org/ns/activitystreams");
        json.put(
                "id",
                addresses.actor(slug) + "#" + type.toLowerCase(Locale.ROOT) + "-"
                        + HexFormat.of().formatHex(id));
        json.put("type", type);
        json.put("actor", addresses.actor(slug));
        json.putArray("to").add(follow.actor().toString());
        json.putObject("object")
                .put("id", follow.id())
                .put("type", "Follow")
                .put("actor", follow.actor().toString())
                .put("object", follow.object());
        try {
            return post.send(slug, inbox, Json.text(json).getBytes(StandardCharsets.UTF_8)) / 100 == 2;
        } catch (IOException e) {
            return false;
        }
    }
}
