package org.undersigned.server.publish.activitypub;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A request's signature, in one of the two forms that servers send: RSA (PKCS#1 v1.5) with SHA-256 in both.
sealed interface RequestSignature permits CavageSignature, Rfc9421Signature {
    /// How far the sender's clock may be from ours, and so how long a signature could be sent again.
    Duration WINDOW = Duration.ofHours(1);

    /// A request's headers by lower-case name; several values joined by ", "; null for none.
    interface Headers extends Function<String, @Nullable String> {}

    /// Of RFC 9421 where its own header is there, else of the draft before it.
    ///
    /// @param base this instance's address
    /// @return null if there is none, or one that is not well-formed or beyond the bounds
    static @Nullable RequestSignature of(Headers headers, URI base) {
        var signature = headers.apply("signature");
        if (signature == null) return null;
        var input = headers.apply("signature-input");
        return input == null ? CavageSignature.parse(signature) : Rfc9421Signature.parse(input, signature, base);
    }

    /// Where the key is found.
    String keyId();

    byte[] signature();

    /// What is signed.
    ///
    /// @param target method and path, as `post /inbox`
    /// @return null if something it covers is not there
    @Nullable
    String signingString(String target, Headers values);

    /// Whether everything required is covered, the moment is near and the digest is the body's. What is left is the
    /// signature itself.
    boolean isFitting(Headers values, byte[] body, Clock clock);

    default boolean isBy(PublicKey key, String signingString) {
        try {
            var verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(key);
            verifier.update(signingString.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(signature());
        } catch (GeneralSecurityException e) {
            return false; // a signature of another length, or a key of another kind
        }
    }

    static boolean isNear(Instant sent, Instant now) {
        return Duration.between(sent, now).abs().compareTo(WINDOW) <= 0;
    }
}
