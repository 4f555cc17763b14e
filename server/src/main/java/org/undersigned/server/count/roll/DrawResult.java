package org.undersigned.server.count.roll;

import java.util.List;
import org.undersigned.privacypass.IssuerPublicKey;
import org.undersigned.tlog.Hash;

/// The result of a draw.
sealed interface DrawResult {
    /// One blind signature per request, in the order of the requests.
    record Book(List<Signed> responses) implements DrawResult {}

    record Signed(IssuerPublicKey key, byte[] blindSignature) {}

    /// Nothing was signed.
    record Refused(Reason reason) implements DrawResult {}

    /// Nothing was signed: this person was given signatures of other bytes before, under the keys with these ids. A
    /// request for the other keys is complete.
    record AlreadyIssued(List<Hash> keyIds) implements DrawResult {}

    /// Nothing was signed: the card drew its book before, and under the keys with these ids not with these bytes.
    record CardUsed(List<Hash> keyIds) implements DrawResult {}

    /// The blinded bytes of the request at index `wish` are not a number below the key's modulus (RFC 9474 §4.3).
    /// Nothing was stored.
    record OutOfRange(int wish) implements DrawResult {}

    enum Reason {
        CODE_REFUSED,
        /// No card has this code, or its time is over.
        CARD_REFUSED,
        INCOMPLETE_BOOK
    }

    /// One requested signature: sign these 256 blinded bytes under the key with this 32-byte id.
    record SignatureRequest(byte[] keyId, byte[] blinded) {}
}
