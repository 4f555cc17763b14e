package org.undersigned.privacypass.fuzz;

import java.util.Arrays;
import org.undersigned.privacypass.MalformedException;
import org.undersigned.privacypass.Token;
import org.undersigned.privacypass.TokenRequest;
import org.undersigned.privacypass.TokenResponse;

/// RFC 9577 §2.2, RFC 9578 §6.1 and §6.2.
public final class FuzzMessages {
    private FuzzMessages() {}

    private interface Reading {
        byte[] again(byte[] data);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        check(data, bytes -> Token.parse(bytes).encode());
        check(data, bytes -> TokenRequest.parse(bytes).encode());
        check(data, bytes -> TokenResponse.parse(bytes).encode());
    }

    private static void check(byte[] data, Reading reading) {
        try {
            if (!Arrays.equals(reading.again(data), data)) throw new AssertionError("not canonical, yet taken");
        } catch (MalformedException e) {
            // refused, as it should be
        }
    }
}
