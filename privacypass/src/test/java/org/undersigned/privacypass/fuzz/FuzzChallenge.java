package org.undersigned.privacypass.fuzz;

import java.util.Arrays;
import org.undersigned.privacypass.MalformedException;
import org.undersigned.privacypass.TokenChallenge;

/// Jazzer target: the challenge of RFC 9577 §2.1.
public final class FuzzChallenge {
    private FuzzChallenge() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            var challenge = TokenChallenge.parse(data);
            if (!Arrays.equals(challenge.encode(), data)) throw new AssertionError("not canonical, yet taken");
        } catch (MalformedException e) {
            if (!e.getMessage().startsWith("byte ")) throw new AssertionError("which byte? " + e.getMessage());
        }
    }
}
