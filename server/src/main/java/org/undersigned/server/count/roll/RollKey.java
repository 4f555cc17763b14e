package org.undersigned.server.count.roll;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.undersigned.server.platform.crypto.HmacKey;
import org.undersigned.server.platform.crypto.MasterKey;

/// The 32-byte key of one roll in one roll-year. Without this key nobody can find the address that a tag was made
/// from, and the key is destroyed when the year ends.
final class RollKey {
    private final HmacKey key;

    RollKey(byte[] key) {
        if (key.length != 32) throw new IllegalArgumentException("a roll key must have 32 bytes, not " + key.length);
        this.key = new HmacKey(key);
    }

    static RollKey of(RollStore.RollRow roll, MasterKey masterKey) {
        return new RollKey(masterKey.open(sealName(roll.roll()), roll.sealedKey()));
    }

    /// The name under which the master key seals the key of a roll.
    static String sealName(String roll) {
        return "roll/" + roll;
    }

    /// PROTOCOL §4: HMAC-SHA-256(key, class ‖ 0x00 ‖ canonical identity), 32 bytes.
    byte[] tag(String cls, String identity) {
        return key.tag(cls + "\0" + identity);
    }

    /// PROTOCOL §4: the first 8 bytes of HMAC-SHA-256(key, "issued" ‖ 0x00 ‖ key id ‖ blinded), as a big-endian number.
    /// Other bytes with the same mark can only be guessed, by 2^64 draws.
    long mark(byte[] keyId, byte[] blinded) {
        var label = "issued\0".getBytes(StandardCharsets.US_ASCII);
        var input = ByteBuffer.allocate(label.length + keyId.length + blinded.length);
        return ByteBuffer.wrap(key.tag(input.put(label).put(keyId).put(blinded).array()))
                .getLong();
    }

    @Override
    public String toString() {
        return "RollKey(hidden)";
    }
}
