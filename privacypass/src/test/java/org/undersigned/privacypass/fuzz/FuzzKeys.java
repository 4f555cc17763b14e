package org.undersigned.privacypass.fuzz;

import java.util.Arrays;
import org.undersigned.privacypass.Issuer;
import org.undersigned.privacypass.IssuerPublicKey;
import org.undersigned.privacypass.MalformedException;

/// Jazzer target: the public key of RFC 9578 §6.5, and the encoding of an issuer's secret key.
public final class FuzzKeys {
    private FuzzKeys() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            if (!Arrays.equals(IssuerPublicKey.parse(data).spki(), data)) {
                throw new AssertionError("not canonical, yet taken");
            }
        } catch (MalformedException e) {
            // refused as documented
        }
        try {
            if (!Arrays.equals(Issuer.fromPkcs8(data).privateKeyPkcs8(), data)) {
                throw new AssertionError("not as it would be written, yet taken");
            }
        } catch (MalformedException e) {
            // refused as documented
        }
    }
}
