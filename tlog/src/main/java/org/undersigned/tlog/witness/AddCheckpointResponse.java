package org.undersigned.tlog.witness;

import java.util.List;
import org.undersigned.tlog.Note.NoteSignature;

/// A witness's response to add-checkpoint (c2sp.org/tlog-witness): an HTTP status, a content type and a body.
public sealed interface AddCheckpointResponse {
    /// The HTTP status code.
    ///
    /// @return 200, 400, 403, 404, 409 or 422
    int status();

    /// The response's body.
    ///
    /// @return text to encode in UTF-8; may be empty
    default String body() {
        return "";
    }

    /// The value of `Content-Type`.
    ///
    /// @return `text/x.tlog.size` for a conflict, otherwise plain text
    default String contentType() {
        return "text/plain; charset=utf-8";
    }

    /// 200: the witness cosigned, and its new state is on disk.
    ///
    /// @param cosignatures to add to the checkpoint
    record Cosigned(List<NoteSignature> cosignatures) implements AddCheckpointResponse {
        /// Copies the list.
        public Cosigned {
            cosignatures = List.copyOf(cosignatures);
        }

        @Override
        public int status() {
            return 200;
        }

        @Override
        public String body() {
            var body = new StringBuilder();
            cosignatures.forEach(cosignature -> body.append(cosignature.line()));
            return body.toString();
        }
    }

    /// 400: the body is not a valid request, or its old size is greater than its checkpoint's size.
    ///
    /// @param reason for a human reader
    record Malformed(String reason) implements AddCheckpointResponse {
        @Override
        public int status() {
            return 400;
        }

        @Override
        public String body() {
            return reason + "\n";
        }
    }

    /// 403: no signature of the checkpoint is by a key that this witness trusts for that log, or a signature with
    /// the name and id of such a key is invalid.
    record NotSigned() implements AddCheckpointResponse {
        @Override
        public int status() {
            return 403;
        }
    }

    /// 404: the witness does not know a log of that origin.
    record UnknownLog() implements AddCheckpointResponse {
        @Override
        public int status() {
            return 404;
        }
    }

    /// 409: the old size is not the size of the checkpoint cosigned last. Or it is, and the new checkpoint has the
    /// same size but another root, which proves two histories.
    ///
    /// @param size of the checkpoint cosigned last; 0 if there is none
    record Conflict(long size) implements AddCheckpointResponse {
        @Override
        public int status() {
            return 409;
        }

        @Override
        public String body() {
            return size + "\n";
        }

        @Override
        public String contentType() {
            return "text/x.tlog.size";
        }
    }

    /// 422: the proof does not show that the new tree continues the old one.
    record NotConsistent() implements AddCheckpointResponse {
        @Override
        public int status() {
            return 422;
        }
    }
}
