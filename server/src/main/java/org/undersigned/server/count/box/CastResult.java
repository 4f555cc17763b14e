package org.undersigned.server.count.box;

import org.undersigned.tlog.Note;

/// The result of casting an entry or a withdrawal.
sealed interface CastResult {
    /// The entry or withdrawal is durable, and the server promises to publish it in time. A repeated cast gets the
    /// same promise.
    record Kept(Note promise) implements CastResult {}

    /// Nothing was stored.
    record Refused(Reason reason) implements CastResult {}

    /// Why nothing was stored; the names correspond to the codes of the problem responses.
    enum Reason {
        NO_SUCH_BOX,
        BOX_CLOSED,
        BOX_SUPERSEDED,
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
