package org.undersigned.record;

/// Whether an entry counts. What is not yet known here (is the box open, is the nonce new) its keeper asks.
public sealed interface Verdict {

    /// It counts, as one of the class `className`.
    record Valid(String className) implements Verdict {}

    /// It does not; `reason` is the first rule it breaks.
    record Invalid(Reason reason) implements Verdict {}

    /// In the order in which they are looked at: cheap before dear.
    enum Reason {
        KEY_UNKNOWN("unknown-key", "token's key is not one of this box"),
        CHALLENGE_WRONG("wrong-challenge", "token answers another challenge: not this box of this manifest"),
        NONCE_WRONG("wrong-nonce", "token's nonce is not the hash of the entry's key"),
        SIGNATURE_WRONG("wrong-signature", "signature of the entry's key does not verify"),
        TOKEN_WRONG("wrong-token", "token does not verify"),
        AFFILIATION_UNKNOWN("unknown-affiliation", "affiliation is not in the manifest's list");

        private final String code;
        private final String words;

        Reason(String code, String words) {
            this.code = code;
            this.words = words;
        }

        /// The problem code an HTTP answer carries.
        public String code() {
            return code;
        }

        /// For people, after "box leaf 17: ".
        public String words() {
            return words;
        }
    }
}
