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

/// Processes activities that other servers send. A follower is stored as its server's shared inbox and a keyed tag
/// (see [ActorKeys]), never as a name. If the server has no shared inbox, the Follow is rejected, since a personal
/// inbox is a name.
///
/// **Crash story.** A follow is durable before it is accepted. The Accept, which names the follower, is never
/// stored: this instance sends it while the request waits, and responds to the request after that. If anything
/// fails in between, the sender gets an error or no response, sends its Follow again, and is accepted again.
///
/// **Replays.** If a request adds or removes a follower, the hash of its signature is stored until the signature is
/// too old to be accepted. The same request sent again later does not restore a follower that has left, nor remove
/// one that has come back.
///
/// **Limits.** Requests that need a key from another server are counted separately from requests with a valid
/// signature. An attacker who sends forgeries in a server's name uses up only the first limit; requests from that
/// server's known actors are still accepted.
final class Inbox {
    private final ActivityPubStore store;
    private final ActorKeys actors;
    private final RemoteActors remote;
    private final SignedClient client;
    private final CryptoPool crypto;
    private final RateLimiter keyFetchLimiter;
    private final RateLimiter signedRequestLimiter;
    private final ActorUrls urls;
    private final Supplier<Stream<String>> campaigns;
    private final SecureRandom random;
    private final Clock clock;

    /// @param campaigns the slugs of all campaigns
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
        this.keyFetchLimiter = new RateLimiter(clock);
        this.signedRequestLimiter = new RateLimiter(clock);
        this.urls = urls;
        this.campaigns = campaigns;
        this.random = random;
        this.clock = clock;
    }

    /// Result of a request.
    enum Outcome {
        /// Processed or ignored.
        ACCEPTED,
        /// Not an activity.
        MALFORMED,
        /// Without a valid signature of the actor.
        UNSIGNED,
        /// Over the limit of requests per minute.
        RATE_LIMITED,
        /// Processed, but the Accept or Reject was not delivered: the sender must send the request again.
        RETRY
    }

    /// Deletes remembered actors and request counts that have expired.
    void forgetOld() {
        remote.forgetOld();
        keyFetchLimiter.forgetOldMinutes();
        signedRequestLimiter.forgetOldMinutes();
    }

    /// @param target the request's method and path, as `post /actor/inbox`
    Outcome receive(String target, RequestSignature.Headers headers, byte[] body) {
        var activity = IncomingActivity.parse(body);
        return switch (activity) {
            case null -> Outcome.MALFORMED;
            case IncomingActivity.Ignored _ -> Outcome.ACCEPTED;
            case IncomingActivity.Follow follow -> from(follow.actor(), target, headers, body, follow);
            case IncomingActivity.Unfollow unfollow -> from(unfollow.actor(), target, headers, body, unfollow);
            case IncomingActivity.ActorDeleted farewell -> from(farewell.actor(), target, headers, body, farewell);
        };
    }

    private Outcome from(
            URI actor, String target, RequestSignature.Headers headers, byte[] body, IncomingActivity activity) {
        var signature = RequestSignature.of(headers, urls.base());
        if (signature == null
                || !signature.coversRequest(headers, body, clock)
                || !urls.host().equalsIgnoreCase(headers.apply("host"))) return Outcome.UNSIGNED;
        var text = signature.signingString(target, headers);
        if (text == null) return Outcome.UNSIGNED;
        var server = actor.getRawAuthority().toLowerCase(Locale.ROOT);
        RemoteActors.Lookup signer = remote.known(actor);
        // The actor is not remembered, or its key may have changed since: fetch the actor.
        if (!(signer instanceof RemoteActors.Found known && isBy(known, signature, text))) {
            if (!keyFetchLimiter.tryAcquire(server)) return Outcome.RATE_LIMITED;
            signer = remote.find(actor);
            if (signer instanceof RemoteActors.Found found && !isBy(found, signature, text)) return Outcome.UNSIGNED;
        }
        if (signer instanceof RemoteActors.Unknown) return Outcome.UNSIGNED;
        if (!signedRequestLimiter.tryAcquire(server)) return Outcome.RATE_LIMITED;
        return process(activity, signer instanceof RemoteActors.Found found ? found : null, signature);
    }

    private boolean isBy(RemoteActors.Found actor, RequestSignature signature, String text) {
        return actor.keyId().equals(RemoteActors.withoutFragment(signature.keyId()))
                && crypto.call(() -> signature.verifies(actor.key(), text));
    }

    /// @param from null if the actor's server states that the actor is deleted: then its key is deleted too. For an
    ///     ActorDeleted this proves as much as a signature, for other activities nothing. The lookup is made for
    ///     every actor, so that the response time does not disclose whether the actor follows.
    private Outcome process(IncomingActivity activity, RemoteActors.@Nullable Found from, RequestSignature signature) {
        switch (activity) {
            case IncomingActivity.ActorDeleted farewell -> removeDeletedActor(farewell.actor());
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
        return Outcome.ACCEPTED;
    }

    private void removeDeletedActor(URI actor) {
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
        if (slug == null) return Outcome.ACCEPTED;
        if (from.inbox() == null) {
            return answer("Reject", slug, follow, from.ownInbox()) ? Outcome.ACCEPTED : Outcome.RETRY;
        }
        var follower = new ActivityPubStore.Follower(
                slug, tag(slug, follow.actor()), from.inbox().toString());
        var origin = follow.actor().getScheme() + "://" + from.inbox().getRawAuthority() + "/";
        var said =
                switch (store.follow(follower, origin, seen(signature))) {
                    case STORED -> answer("Accept", slug, follow, from.inbox());
                    case TOO_MANY_INBOXES -> answer("Reject", slug, follow, from.inbox());
                    case REPLAYED -> true;
                };
        return said ? Outcome.ACCEPTED : Outcome.RETRY;
    }

    /// Returns the hash of a signature, to be stored until the signature is too old to be accepted. The expiry is
    /// rounded up to a whole hour, so that it does not disclose the moment of the request.
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
