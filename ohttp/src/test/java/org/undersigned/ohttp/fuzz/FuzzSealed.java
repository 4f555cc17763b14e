package org.undersigned.ohttp.fuzz;

import java.security.SecureRandom;
import org.undersigned.ohttp.GatewayKey;
import org.undersigned.ohttp.MalformedException;
import org.undersigned.ohttp.NotOpenedException;
import org.undersigned.ohttp.SealedRequest;

/// Jazzer target: encapsulated requests and responses (RFC 9458 §4) from anybody.
public final class FuzzSealed {
    private static final GatewayKey KEY = GatewayKey.restore(1, new byte[32]);
    private static final SealedRequest SENT = SealedRequest.seal(KEY.config(), new byte[8], new SecureRandom());

    private FuzzSealed() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            var _ = KEY.open(data).request();
        } catch (MalformedException | NotOpenedException e) {
            // refused as documented
        }
        try {
            var _ = SENT.open(data);
        } catch (MalformedException | NotOpenedException e) {
            // refused as documented
        }
    }
}
