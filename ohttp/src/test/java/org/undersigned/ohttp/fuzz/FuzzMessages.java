package org.undersigned.ohttp.fuzz;

import java.util.Arrays;
import org.undersigned.ohttp.BinaryRequest;
import org.undersigned.ohttp.BinaryResponse;
import org.undersigned.ohttp.KeyConfig;
import org.undersigned.ohttp.MalformedException;

/// Jazzer target: binary messages (RFC 9292) and key configurations (RFC 9458 §3).
public final class FuzzMessages {
    private FuzzMessages() {}

    private interface Reading {
        byte[] again(byte[] data);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        check(data, bytes -> BinaryRequest.parse(bytes).encode(bytes.length));
        check(data, bytes -> BinaryResponse.parse(bytes).encode(bytes.length));
        check(data, bytes -> KeyConfig.parse(bytes).encode());
        check(data, bytes -> {
            var again = KeyConfig.encodeList(KeyConfig.parseList(bytes));
            return again.length < bytes.length ? bytes : again; // what is not for this client was left out
        });
    }

    private static void check(byte[] data, Reading reading) {
        try {
            if (!Arrays.equals(reading.again(data), data)) throw new AssertionError("not canonical, yet taken");
        } catch (MalformedException e) {
            // refused as documented
        }
    }
}
