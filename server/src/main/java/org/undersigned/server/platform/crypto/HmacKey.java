package org.undersigned.server.platform.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A key of HMAC-SHA-256 (RFC 2104).
public final class HmacKey {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    public HmacKey(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /// The tag of a text in UTF-8: 32 bytes.
    public byte[] tag(String text) {
        return tag(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The tag of bytes: 32 bytes.
    public byte[] tag(byte[] bytes) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "HmacKey(hidden)";
    }
}
