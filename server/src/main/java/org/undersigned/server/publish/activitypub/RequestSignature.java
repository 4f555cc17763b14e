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

/// The signature of a request, in one of the two forms that servers send; both use RSA (PKCS#1 v1.5) with SHA-256.
sealed interface RequestSignature permits CavageSignature, Rfc9421Signature {
    /// Maximum difference between the sender's clock and ours, which limits how long a signature could be sent
    /// again.
    Duration WINDOW = Duration.ofHours(1);

    /// Returns a header by lower-case name; several values are joined by ", "; null if there is none.
    interface Headers extends Function<String, @Nullable String> {}

    /// Reads the signature by RFC 9421 if `Signature-Input` is present, else by the draft before it.
    ///
    /// @param base this instance's address
    /// @return null if there is none, or if it is not well-formed or exceeds the bounds
    static @Nullable RequestSignature of(Headers headers, URI base) {
        var signature = headers.apply("signature");
        if (signature == null) return null;
        var input = headers.apply("signature-input");
        return input == null ? CavageSignature.parse(signature) : Rfc9421Signature.parse(input, signature, base);
    }

    /// URL of the key.
    String keyId();

    byte[] signature();

    /// Returns the text that is signed.
    ///
    /// @param target method and path, as `post /inbox`
    /// @return null if a covered component is missing
    @Nullable
    String signingString(String target, Headers values);

    /// Returns true if everything required is covered, the date is near and the digest is that of the body. The
    /// signature itself is verified by [#isBy].
    boolean coversRequest(Headers values, byte[] body, Clock clock);

    default boolean verifies(PublicKey key, String signingString) {
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
