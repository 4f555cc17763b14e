package org.undersigned.server.publish.activitypub;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.platform.crypto.CryptoPool;
import org.undersigned.tlog.Hash;

/// Takes what other servers send. Who follows is kept as its server's shared inbox and a keyed tag (see
/// [ActorKeys]), never as a name; whose server has no shared inbox is told that it cannot follow, since a personal
/// inbox is a name.
///
/// **Crash story.** A follow is durable before it is accepted, and the acceptance, which names the follower, is
/// written nowhere: it is sent while the request waits, and only then is the request answered. If anything fails in
/// between, the sender hears an error or nothing, sends its Follow again, and is accepted again.
///
/// **Replays.** The hash of a signature that made somebody follow or leave is kept until it is too old to be taken;
/// the same request sent again later does not bring back who has left, nor send away who came back.
///
/// **Limits.** Asking a server for a key is counted apart from what came with a signature that fits: whoever sends
/// forgeries in a server's name uses up the asking, and what its known actors send is taken all the same.
final class Inbox {
    private final ActivityPubStore store;
    private final ActorKeys actors;
    private final RemoteActors remote;
    private final SignedClient client;
    private final CryptoPool crypto;
    private final RateLimiter asking;
    private final RateLimiter proven;
    private final ActorUrls urls;
    private final Supplier<Stream<String>> campaigns;
    private final SecureRandom random;
    private final Clock clock;

    /// @param campaigns the slugs there are
    Inbox(
            ActivityPubStore store,
            ActorKeys actors,
            RemoteActors remote,
            SignedClient client,
            CryptoPool crypto,
            ActorUrls urls,
            Supplier<Stream<String>> campaigns,
            SecureRandom random,
            Clock clock) {
        this.store = store;
        this.actors = actors;
        this.remote = remote;
        this.client = client;
        this.crypto = crypto;
        this.asking = new RateLimiter(clock);
        this.proven = new RateLimiter(clock);
        this.urls = urls;
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

    /// Forgets whom it need not know any more.
    void forgetOld() {
        remote.forgetOld();
        asking.forgetOldMinutes();
        proven.forgetOldMinutes();
    }

    /// @param target the request's method and path, as `post /actor/inbox`
    Outcome receive(String target, RequestSignature.Headers headers, byte[] body) {
        var activity = IncomingActivity.parse(body);
        return switch (activity) {
            case null -> Outcome.MALFORMED;
            case IncomingActivity.Ignored _ -> Outcome.TAKEN;
            case IncomingActivity.Follow follow -> from(follow.actor(), target, headers, body, follow);
            case IncomingActivity.Unfollow unfollow -> from(unfollow.actor(), target, headers, body, unfollow);
            case IncomingActivity.ActorDeleted farewell -> from(farewell.actor(), target, headers, body, farewell);
        };
    }

    private Outcome from(
            URI actor, String target, RequestSignature.Headers headers, byte[] body, IncomingActivity activity) {
        var signature = RequestSignature.of(headers, urls.base());
        if (signature == null
                || !signature.isFitting(headers, body, clock)
                || !urls.host().equalsIgnoreCase(headers.apply("host"))) return Outcome.UNSIGNED;
        var text = signature.signingString(target, headers);
        if (text == null) return Outcome.UNSIGNED;
        var server = actor.getRawAuthority().toLowerCase(Locale.ROOT);
        RemoteActors.Lookup signer = remote.known(actor);
        // Its key may have changed since.
        if (!(signer instanceof RemoteActors.Found known && isBy(known, signature, text))) {
            if (!asking.tryAcquire(server)) return Outcome.TOO_MUCH;
            signer = remote.find(actor);
            if (signer instanceof RemoteActors.Found found && !isBy(found, signature, text)) return Outcome.UNSIGNED;
        }
        if (signer instanceof RemoteActors.Unknown) return Outcome.UNSIGNED;
        if (!proven.tryAcquire(server)) return Outcome.TOO_MUCH;
        return done(activity, signer instanceof RemoteActors.Found found ? found : null, signature);
    }

    private boolean isBy(RemoteActors.Found actor, RequestSignature signature, String text) {
        return actor.keyId().equals(RemoteActors.withoutFragment(signature.keyId()))
                && crypto.call(() -> signature.isBy(actor.key(), text));
    }

    /// @param from null if its own server says that it is no more: its key is gone with it. As good as a signature
    ///     for a farewell, and for nothing else. Asked in every case, so that the time to the answer does not tell
    ///     who follows.
    private Outcome done(IncomingActivity activity, RemoteActors.@Nullable Found from, RequestSignature signature) {
        switch (activity) {
            case IncomingActivity.ActorDeleted farewell -> farewell(farewell.actor());
            case IncomingActivity _
            when from == null -> {
                return Outcome.UNSIGNED;
            }
            case IncomingActivity.Follow follow -> {
                return follow(follow, from, signature);
            }
            case IncomingActivity.Unfollow unfollow ->
                campaign(unfollow.object())
                        .ifPresent(slug -> store.unfollow(slug, tag(slug, unfollow.actor()), seen(signature)));
            case IncomingActivity.Ignored _ -> {}
        }
        return Outcome.TAKEN;
    }

    private void farewell(URI actor) {
        store.unfollowEverywhere(
                campaigns.get().distinct().collect(Collectors.toMap(slug -> slug, slug -> tag(slug, actor))));
    }

    private byte[] tag(String slug, URI actor) {
        return actors.of(slug).tag(actor.toString());
    }

    private Optional<String> campaign(String actor) {
        return urls.slug(actor).filter(slug -> campaigns.get().anyMatch(slug::equals));
    }

    private Outcome follow(IncomingActivity.Follow follow, RemoteActors.Found from, RequestSignature signature) {
        var slug = campaign(follow.object()).orElse(null);
        if (slug == null) return Outcome.TAKEN;
        if (from.inbox() == null) {
            return answer("Reject", slug, follow, from.ownInbox()) ? Outcome.TAKEN : Outcome.AGAIN;
        }
        var follower = new ActivityPubStore.Follower(
                slug, tag(slug, follow.actor()), from.inbox().toString());
        var origin = follow.actor().getScheme() + "://" + from.inbox().getRawAuthority() + "/";
        var said =
                switch (store.follow(follower, origin, seen(signature))) {
                    case KEPT -> answer("Accept", slug, follow, from.inbox());
                    case TOO_MANY_INBOXES -> answer("Reject", slug, follow, from.inbox());
                    case LEFT -> true;
                };
        return said ? Outcome.TAKEN : Outcome.AGAIN;
    }

    /// Until it is too old to be sent again; in whole hours, so that it tells no moment.
    private ActivityPubStore.SeenSignature seen(RequestSignature signature) {
        var oldest = clock.instant().plus(RequestSignature.WINDOW.multipliedBy(2));
        var expires = oldest.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
        return new ActivityPubStore.SeenSignature(
                Hash.sha256(signature.signature()).bytes(), expires);
    }

    private boolean answer(String type, String slug, IncomingActivity.Follow follow, URI inbox) {
        var id = new byte[12];
        random.nextBytes(id);
        var json = BoundedJson.object();
        json.put("@context", "https://www.w3.org/ns/activitystreams");
        json.put(
                "id",
                urls.actor(slug) + "#" + type.toLowerCase(Locale.ROOT) + "-"
                        + HexFormat.of().formatHex(id));
        json.put("type", type);
        json.put("actor", urls.actor(slug));
        json.putArray("to").add(follow.actor().toString());
        json.putObject("object")
                .put("id", follow.id())
                .put("type", "Follow")
                .put("actor", follow.actor().toString())
                .put("object", follow.object());
        try {
            return client.send(slug, inbox, BoundedJson.text(json).getBytes(StandardCharsets.UTF_8)) / 100 == 2;
        } catch (IOException e) {
            return false;
        }
    }
}
