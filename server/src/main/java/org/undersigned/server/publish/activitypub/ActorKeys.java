package org.undersigned.server.publish.activitypub;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.undersigned.server.platform.crypto.CryptoPool;
import org.undersigned.server.platform.crypto.HmacKey;
import org.undersigned.server.platform.crypto.MasterKey;

/// Creates and opens the keys of this instance's actors: of each campaign, and of the instance (the empty slug).
/// Keys are generated at first use and are the same on every node.
///
/// **Why a tag.** If one of two followers on a server leaves, the server must still get news, so this instance must
/// distinguish its followers. For that it stores for each follower the HMAC-SHA-256 of the follower's id under a
/// key of the campaign. A tag cannot be reversed, and tags of different campaigns cannot be compared. A person with
/// the database *and* the master key can test whether a *given* id follows, but finds no list to read; without the
/// master key even this test is impossible.
final class ActorKeys {
    private static final int RSA_BITS = 2048; // every program accepts it
    private static final int TAG_KEY = 32;

    private final ActivityPubStore store;
    private final MasterKey masterKey;
    private final CryptoPool crypto;
    private final SecureRandom random;
    private final ActorUrls urls;
    private final Map<String, Actor> known = new ConcurrentHashMap<>();

    ActorKeys(ActivityPubStore store, MasterKey masterKey, CryptoPool crypto, SecureRandom random, ActorUrls urls) {
        this.store = store;
        this.masterKey = masterKey;
        this.crypto = crypto;
        this.random = random;
        this.urls = urls;
    }

    /// The keys of one actor, decrypted.
    ///
    /// @param publicKey SubjectPublicKeyInfo in PEM
    record Actor(CavageSignature.Key key, String publicKey, HmacKey tagKey) {
        /// Returns the tag of a follower, 32 bytes.
        byte[] tag(String follower) {
            return tagKey.tag(follower);
        }

        @Override
        public String toString() {
            return "Actor(" + key.id() + ", hidden)";
        }
    }

    /// @param slug of an existing campaign, or empty for the instance
    Actor of(String slug) {
        var actor = known.get(slug);
        if (actor != null) return actor;
        var keys = store.keys(slug);
        if (keys.isEmpty()) {
            store.putKeysIfAbsent(slug, generate(slug));
            keys = store.keys(slug);
        }
        var opened = open(slug, keys.orElseThrow());
        known.put(slug, opened);
        return opened;
    }

    private ActivityPubStore.SealedKeys generate(String slug) {
        var tagKey = new byte[TAG_KEY];
        random.nextBytes(tagKey);
        return crypto.call(() -> {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(RSA_BITS, random);
            var pair = generator.generateKeyPair();
            return new ActivityPubStore.SealedKeys(
                    masterKey.seal(name(slug), pair.getPrivate().getEncoded()),
                    pair.getPublic().getEncoded(),
                    masterKey.seal(tagName(slug), tagKey));
        });
    }

    private Actor open(String slug, ActivityPubStore.SealedKeys keys) {
        try {
            var secret = new PKCS8EncodedKeySpec(masterKey.open(name(slug), keys.privateKeySealed()));
            var key = new CavageSignature.Key(
                    urls.key(slug), KeyFactory.getInstance("RSA").generatePrivate(secret));
            var tagKey = new HmacKey(masterKey.open(tagName(slug), keys.tagKeySealed()));
            return new Actor(key, PublicKeys.pem(keys.publicKey()), tagKey);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String name(String slug) {
        return "fediverse/key/" + slug;
    }

    private static String tagName(String slug) {
        return "fediverse/tag/" + slug;
    }
}
