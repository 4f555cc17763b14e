package org.undersigned.server.count.box;

import org.undersigned.tlog.Note;

/// What became of a cast entry or withdrawal.
sealed interface CastResult {
    /// Durable, and promised to be published in time. A repeated cast gets the very same promise.
    record Kept(Note promise) implements CastResult {}

    /// Nothing was kept.
    record Refused(Reason reason) implements CastResult {}

    /// Why nothing was kept, in the words of the problem's code.
    enum Reason {
        NO_SUCH_BOX,
        BOX_CLOSED,
        UNKNOWN_KEY,
        WRONG_CHALLENGE,
        WRONG_NONCE,
        WRONG_SIGNATURE,
        WRONG_TOKEN,
        UNKNOWN_AFFILIATION,
        NONCE_USED,
        ENTRY_NOT_PUBLISHED
    }
}
