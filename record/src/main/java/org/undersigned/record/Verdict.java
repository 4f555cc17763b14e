package org.undersigned.record;

/// The result of checking an entry. The caller also checks what this package cannot know: that the box is open and
/// that the nonce is new.
public sealed interface Verdict {

    /// The entry counts, in the class `className`.
    record Valid(String className) implements Verdict {}

    /// The entry does not count; `reason` is the first rule that it breaks.
    record Invalid(Reason reason) implements Verdict {}

    /// The rules in the order in which they are checked: cheap checks before expensive ones.
    enum Reason {
        KEY_UNKNOWN("unknown-key", "token's key is not a key of this box"),
        CHALLENGE_WRONG("wrong-challenge", "token is for another challenge, not for this box of this manifest"),
        NONCE_WRONG("wrong-nonce", "token's nonce is not the hash of the entry's key"),
        SIGNATURE_WRONG("wrong-signature", "signature of the entry's key does not verify"),
        TOKEN_WRONG("wrong-token", "token does not verify"),
        AFFILIATION_UNKNOWN("unknown-affiliation", "affiliation is not in the manifest's list");

        private final String code;
        private final String text;

        Reason(String code, String text) {
            this.code = code;
            this.text = text;
        }

        /// The problem code in an HTTP response.
        public String code() {
            return code;
        }

        /// The reason as readable text, printed after "box leaf 17: ".
        public String text() {
            return text;
        }
    }
}
