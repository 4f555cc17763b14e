package org.undersigned.privacypass.blindrsa;

/// The named variants of RFC 9474 §5. All hash with SHA-384 and use MGF1 with SHA-384.
public enum Variant {
    /// Salt of 48 bytes, 32 random bytes before the message: for messages that an attacker could guess or choose.
    RSABSSA_SHA384_PSS_RANDOMIZED(48, 32),
    /// No salt, 32 random bytes before the message.
    RSABSSA_SHA384_PSSZERO_RANDOMIZED(0, 32),
    /// Salt of 48 bytes, the message unchanged: for messages with enough entropy, such as Privacy Pass tokens.
    RSABSSA_SHA384_PSS_DETERMINISTIC(48, 0),
    /// No salt, the message unchanged.
    RSABSSA_SHA384_PSSZERO_DETERMINISTIC(0, 0);

    private final int saltLength;
    private final int prefixLength;

    Variant(int saltLength, int prefixLength) {
        this.saltLength = saltLength;
        this.prefixLength = prefixLength;
    }

    /// Bytes of PSS salt (RFC 8017 §9.1).
    ///
    /// @return 48 or 0
    public int saltLength() {
        return saltLength;
    }

    /// Random bytes that Prepare puts before the message (RFC 9474 §4.1).
    ///
    /// @return 32 or 0
    public int prefixLength() {
        return prefixLength;
    }
}
