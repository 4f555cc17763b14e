package org.undersigned.server.publish.activitypub;

import java.time.Instant;
import java.util.Map;

/// A way to sign requests.
enum SignatureScheme {
    /// draft-cavage-http-signatures-12.
    DRAFT {
        @Override
        Map<String, String> sign(UnsignedRequest request, Instant now, CavageSignature.Key key) {
            return CavageSignature.sign(request, now, key);
        }

        @Override
        SignatureScheme other() {
            return STANDARD;
        }
    },
    /// RFC 9421.
    STANDARD {
        @Override
        Map<String, String> sign(UnsignedRequest request, Instant now, CavageSignature.Key key) {
            return Rfc9421Signature.sign(request, now, key);
        }

        @Override
        SignatureScheme other() {
            return DRAFT;
        }
    };

    /// Returns the headers to send with the request.
    abstract Map<String, String> sign(UnsignedRequest request, Instant now, CavageSignature.Key key);

    abstract SignatureScheme other();
}
