package org.undersigned.privacypass.blindrsa;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The result of Blind (RFC 9474 §4.2).
///
/// @param blindedMessage as long as the modulus; the client sends it to the signer
/// @param inverse        as long as the modulus; input of Finalize; secret
public record Blinded(byte[] blindedMessage, byte[] inverse) {
    /// Stores copies.
    public Blinded {
        blindedMessage = blindedMessage.clone();
        inverse = inverse.clone();
    }

    /// The client sends it to the signer.
    ///
    /// @return as many bytes as the modulus, a copy
    @Override
    public byte[] blindedMessage() {
        return blindedMessage.clone();
    }

    /// Input of Finalize (RFC 9474 §4.4).
    ///
    /// @return as many bytes as the modulus, a copy; secret
    @Override
    public byte[] inverse() {
        return inverse.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Blinded that
                && Arrays.equals(blindedMessage, that.blindedMessage)
                && Arrays.equals(inverse, that.inverse);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(blindedMessage);
    }

    @Override
    public String toString() {
        return "Blinded(hidden)";
    }
}
