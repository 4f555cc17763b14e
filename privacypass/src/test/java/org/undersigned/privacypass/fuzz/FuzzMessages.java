package org.undersigned.privacypass.fuzz;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.undersigned.privacypass.MalformedException;
import org.undersigned.privacypass.PendingToken;
import org.undersigned.privacypass.Token;
import org.undersigned.privacypass.TokenRequest;
import org.undersigned.privacypass.TokenResponse;

/// Jazzer target: the messages of RFC 9577 §2.2, RFC 9578 §6.1 and §6.2, and the state that a client stores between
/// them.
public final class FuzzMessages {
    private FuzzMessages() {}

    private interface Reading {
        byte[] again(byte[] data);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        check(data, bytes -> Token.parse(bytes).encode());
        check(data, bytes -> TokenRequest.parse(bytes).encode());
        check(data, bytes -> TokenResponse.parse(bytes).encode());
        check(data, FuzzMessages::restored);
    }

    /// Restores a client's stored state from arbitrary bytes: its three parts, one after the other.
    private static byte[] restored(byte[] data) {
        var input = Math.min(data.length, Token.INPUT_SIZE);
        var blinded = Math.min(data.length, Token.INPUT_SIZE + 256);
        var pending = PendingToken.restore(
                Arrays.copyOf(data, input),
                Arrays.copyOfRange(data, input, blinded),
                Arrays.copyOfRange(data, blinded, data.length));
        return ByteBuffer.allocate(data.length)
                .put(pending.tokenInput())
                .put(pending.blinded())
                .put(pending.inverse())
                .array();
    }

    private static void check(byte[] data, Reading reading) {
        try {
            if (!Arrays.equals(reading.again(data), data)) throw new AssertionError("not canonical, yet taken");
        } catch (MalformedException e) {
            // refused as documented
        }
    }
}
