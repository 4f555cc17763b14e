package org.undersigned.server.count.box;

import org.undersigned.record.BoxId;
import org.undersigned.record.CastRequest;
import org.undersigned.record.Withdrawal;
import org.undersigned.server.platform.http.Problem;
import org.undersigned.tlog.Note;

/// What a box answers to the bytes of a request, however they arrived: directly or through a relay.
final class BoxRequests {
    private final Boxes boxes;

    BoxRequests(Boxes boxes) {
        this.boxes = boxes;
    }

    /// @param body 1,024 bytes
    /// @return the promise, signed
    /// @throws Problem with the box's reason
    Note cast(BoxId box, byte[] body) {
        try {
            return promise(boxes.cast(box, CastRequest.parse(body)));
        } catch (CastRequest.StatementMismatch e) {
            throw wrong("statement-mismatch", String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw Problem.malformed("body", String.valueOf(e.getMessage()));
        }
    }

    /// @param body 129 bytes
    /// @return the promise, signed
    /// @throws Problem with the box's reason
    Note withdraw(BoxId box, byte[] body) {
        try {
            return promise(boxes.withdraw(box, Withdrawal.parse(body)));
        } catch (IllegalArgumentException e) {
            throw Problem.malformed("body", String.valueOf(e.getMessage()));
        }
    }

    private static Note promise(CastResult outcome) {
        return switch (outcome) {
            case CastResult.Kept(var promise) -> promise;
            case CastResult.Refused(var reason) -> throw problem(reason);
        };
    }

    static Problem noSuchBox() {
        return Problem.of(404, "no-such-box", "There is no such box", "No box here has this name.");
    }

    private static Problem problem(CastResult.Reason reason) {
        return switch (reason) {
            case NO_SUCH_BOX -> noSuchBox();
            case BOX_CLOSED ->
                Problem.of(
                        403,
                        "box-closed",
                        "This box is closed",
                        "It accepts nothing before it opens or after it closes.");
            case BOX_SUPERSEDED ->
                Problem.of(
                        403,
                        "box-superseded",
                        "The words of this petition were changed",
                        "This box has the words as they were and takes withdrawals only. Fetch the book again.");
            case UNKNOWN_KEY -> wrong("unknown-key", "The token's key is not a key of this box.");
            case WRONG_CHALLENGE -> wrong("wrong-challenge", "The token was drawn for another box or another text.");
            case WRONG_NONCE -> wrong("wrong-nonce", "The token's nonce does not belong to the public key.");
            case WRONG_SIGNATURE -> wrong("wrong-signature", "The Ed25519 signature does not verify.");
            case WRONG_TOKEN -> wrong("wrong-token", "The token's RSA signature does not verify.");
            case UNKNOWN_AFFILIATION -> wrong("unknown-affiliation", "The manifest does not list this affiliation.");
            case NONCE_USED ->
                Problem.of(409, "nonce-used", "This token was used before", "Another entry was cast with it.");
            case ENTRY_NOT_PUBLISHED ->
                Problem.of(
                        409,
                        "entry-not-published",
                        "There is nothing to withdraw",
                        "No published entry has this nonce. A waiting entry can be withdrawn after its publication.");
        };
    }

    private static Problem wrong(String code, String detail) {
        return Problem.of(422, code, "The entry is not valid", detail);
    }
}
