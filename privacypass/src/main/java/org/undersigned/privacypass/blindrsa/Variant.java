package org.undersigned.privacypass.blindrsa;

/// The named variants of RFC 9474 §5. All hash with SHA-384 and use MGF1 with SHA-384.
public enum Variant {
    RSABSSA_SHA384_PSS_RANDOMIZED(48, 32),
    RSABSSA_SHA384_PSSZERO_RANDOMIZED(0, 32),
    RSABSSA_SHA384_PSS_DETERMINISTIC(48, 0),
    RSABSSA_SHA384_PSSZERO_DETERMINISTIC(0, 0);

    private final int saltLength;
    private final int prefixLength;

    Variant(int saltLength, int prefixLength) {
        this.saltLength = saltLength;
        this.prefixLength = prefixLength;
    }

    /// Bytes of PSS salt: 48 or 0.
    public int saltLength() {
        return saltLength;
    }

    /// Random bytes that Prepare puts before the message: 32 or 0.
    public int prefixLength() {
        return prefixLength;
    }
}
