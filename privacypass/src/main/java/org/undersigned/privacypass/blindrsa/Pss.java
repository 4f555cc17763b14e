package org.undersigned.privacypass.blindrsa;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/// EMSA-PSS-ENCODE (RFC 8017 §9.1.1) with SHA-384 and MGF1.
final class Pss {
    private static final int HASH = 48;

    private Pss() {}

    /// @param emBits the modulus's bit length minus 1
    /// @return the encoded message: (emBits + 7) / 8 bytes
    static byte[] encode(byte[] message, int emBits, byte[] salt) {
        var emLength = (emBits + 7) / 8;
        var hash = sha384(new byte[8], sha384(message), salt);
        var db = new byte[emLength - HASH - 1];
        db[db.length - salt.length - 1] = 1;
        System.arraycopy(salt, 0, db, db.length - salt.length, salt.length);
        var mask = mgf1(hash, db.length);
        for (var i = 0; i < db.length; i++) db[i] ^= mask[i];
        db[0] &= (byte) (0xff >> (8 * emLength - emBits));
        var encoded = Arrays.copyOf(db, emLength);
        System.arraycopy(hash, 0, encoded, db.length, HASH);
        encoded[emLength - 1] = (byte) 0xbc;
        return encoded;
    }

    private static byte[] mgf1(byte[] seed, int length) {
        var mask = new byte[length];
        for (int at = 0, counter = 0; at < length; at += HASH, counter++) {
            var block = sha384(seed, new byte[] {0, 0, (byte) (counter >> 8), (byte) counter});
            System.arraycopy(block, 0, mask, at, Math.min(HASH, length - at));
        }
        return mask;
    }

    private static byte[] sha384(byte[]... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-384");
            for (var part : parts) digest.update(part);
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
