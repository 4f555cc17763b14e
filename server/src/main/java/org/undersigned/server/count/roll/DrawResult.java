package org.undersigned.server.count.roll;

import java.util.List;
import org.undersigned.privacypass.IssuerPublicKey;

/// What became of a draw.
sealed interface DrawResult {
    /// One blind signature a request, in the order asked.
    record Book(List<Signed> responses) implements DrawResult {}

    record Signed(IssuerPublicKey key, byte[] blindSignature) {}

    /// Nothing was signed.
    record Refused(Reason reason) implements DrawResult {}

    /// The blinded bytes of this wish are no number below the key's modulus (RFC 9474 §4.3); nothing was kept.
    record OutOfRange(int wish) implements DrawResult {}

    enum Reason {
        CODE_REFUSED,
        KEY_ALREADY_ISSUED,
        INCOMPLETE_BOOK
    }

    /// One wish: sign these 256 blinded bytes under the key of this 32-byte id.
    record Wish(byte[] keyId, byte[] blinded) {}
}
