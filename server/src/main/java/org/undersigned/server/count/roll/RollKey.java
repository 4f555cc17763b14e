package org.undersigned.server.count.roll;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The 32-byte key of one roll in one roll-year. Without this key nobody can find the address that a tag was made
/// from, and the key is destroyed when the year ends.
final class RollKey {
    private final byte[] key;

    RollKey(byte[] key) {
        if (key.length != 32) throw new IllegalArgumentException("a roll key must have 32 bytes, not " + key.length);
        this.key = key.clone();
    }

    /// PROTOCOL §4: HMAC-SHA-256(key, class ‖ 0x00 ‖ canonical identity), 32 bytes.
    byte[] tag(String cls, String identity) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(cls.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(identity.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "RollKey(hidden)";
    }
}
