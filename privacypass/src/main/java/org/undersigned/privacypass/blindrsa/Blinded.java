package org.undersigned.privacypass.blindrsa;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What Blind returns (RFC 9474 §4.2).
///
/// @param blindedMessage as long as the modulus: for the signer
/// @param inverse        as long as the modulus: for Finalize; secret
public record Blinded(byte[] blindedMessage, byte[] inverse) {
    /// Keeps copies.
    public Blinded {
        blindedMessage = blindedMessage.clone();
        inverse = inverse.clone();
    }

    /// For the signer.
    ///
    /// @return as many bytes as the modulus has, a copy
    @Override
    public byte[] blindedMessage() {
        return blindedMessage.clone();
    }

    /// For Finalize (RFC 9474 §4.4).
    ///
    /// @return as many bytes as the modulus has, a copy; secret
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
