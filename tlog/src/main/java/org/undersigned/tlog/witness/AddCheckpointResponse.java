package org.undersigned.tlog.witness;

import java.util.List;
import org.undersigned.tlog.Note.NoteSignature;

/// What a witness answers to add-checkpoint (c2sp.org/tlog-witness): for a server, a status, a content type and a
/// body.
public sealed interface AddCheckpointResponse {
    /// The HTTP status code.
    ///
    /// @return 200, 400, 403, 404, 409 or 422
    int status();

    /// The response's body.
    ///
    /// @return text to be encoded in UTF-8; empty for none
    default String body() {
        return "";
    }

    /// The value of `Content-Type`.
    ///
    /// @return `text/x.tlog.size` for a conflict, otherwise plain text
    default String contentType() {
        return "text/plain; charset=utf-8";
    }

    /// 200: cosigned, and on disk.
    ///
    /// @param cosignatures lines to put under the checkpoint
    record Cosigned(List<NoteSignature> cosignatures) implements AddCheckpointResponse {
        /// Keeps a copy.
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

    /// 400: not a request, or its old size is above its checkpoint's.
    ///
    /// @param reason for a person
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

    /// 403: no signature of the checkpoint is by a key this witness trusts for that log, or one that claims to be
    /// does not verify.
    record NotSigned() implements AddCheckpointResponse {
        @Override
        public int status() {
            return 403;
        }
    }

    /// 404: no log of that origin is known here.
    record UnknownLog() implements AddCheckpointResponse {
        @Override
        public int status() {
            return 404;
        }
    }

    /// 409: the old size is not that of the checkpoint cosigned last; or it is, and the new checkpoint has the same
    /// size and another root, which proves two histories.
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
