package org.undersigned.server.publish.activitypub;

import java.time.Instant;
import java.util.Map;

/// How a request is signed.
enum Way {
    /// draft-cavage-http-signatures-12.
    DRAFT {
        @Override
        Map<String, String> sign(Unsigned request, Instant now, HttpSignature.Key key) {
            return HttpSignature.sign(request, now, key);
        }

        @Override
        Way other() {
            return STANDARD;
        }
    },
    /// RFC 9421.
    STANDARD {
        @Override
        Map<String, String> sign(Unsigned request, Instant now, HttpSignature.Key key) {
            return MessageSignature.sign(request, now, key);
        }

        @Override
        Way other() {
            return DRAFT;
        }
    };

    /// The headers to send with the request.
    abstract Map<String, String> sign(Unsigned request, Instant now, HttpSignature.Key key);

    abstract Way other();
}
