package org.undersigned.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.undersigned.tlog.Ed25519;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.Merkle;

/// Takes a published entry back (PROTOCOL §7): 129 bytes, only from the holder of its seed.
/// ```
/// u8 kind = 2 ‖ nonce[32] ‖ public_key[32] ‖ signature[64]
/// signature = Ed25519("undersigned/v1/withdrawal" ‖ 0x00 ‖ origin ‖ 0x00 ‖ nonce)
/// ```
public final class Withdrawal {
    public static final int SIZE = 129;

    private static final int KIND = 2;
    private static final int NONCE = 1;
    private static final int KEY = NONCE + 32;
    private static final int SIGNATURE = KEY + 32;

    private final byte[] bytes;

    private Withdrawal(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Reads a withdrawal's form; [#check] says whether it is its entry's.
    ///
    /// @throws IllegalArgumentException if it is not 129 bytes of kind 2
    public static Withdrawal parse(byte[] bytes) {
        if (bytes.length != SIZE) {
            throw new IllegalArgumentException("a withdrawal has " + SIZE + " bytes, not " + bytes.length);
        }
        if (bytes[0] != KIND)
            throw new IllegalArgumentException("byte 0: kind " + (bytes[0] & 0xff) + " is not a withdrawal");
        return new Withdrawal(bytes.clone());
    }

    /// Withdraws the entry of `seed` (32 bytes) in the box of `origin`.
    public static Withdrawal sign(String origin, byte[] seed) {
        byte[] publicKey = Ed25519.publicKey(seed);
        byte[] nonce = Entry.nonceOf(publicKey);
        byte[] bytes = new byte[SIZE];
        bytes[0] = KIND;
        System.arraycopy(nonce, 0, bytes, NONCE, 32);
        System.arraycopy(publicKey, 0, bytes, KEY, 32);
        System.arraycopy(Ed25519.sign(seed, signed(origin, nonce)), 0, bytes, SIGNATURE, 64);
        return new Withdrawal(bytes);
    }

    /// Whether its key is the nonce's and signed it for this box. Whether that nonce is published, and not
    /// withdrawn before, only the log knows.
    public boolean check(String origin) {
        return Arrays.equals(nonce(), Entry.nonceOf(publicKey()))
                && Ed25519.verify(publicKey(), signed(origin, nonce()), Arrays.copyOfRange(bytes, SIGNATURE, SIZE));
    }

    private static byte[] signed(String origin, byte[] nonce) {
        byte[] context = ("undersigned/v1/withdrawal\0" + origin + "\0").getBytes(UTF_8);
        byte[] message = Arrays.copyOf(context, context.length + nonce.length);
        System.arraycopy(nonce, 0, message, context.length, nonce.length);
        return message;
    }

    /// The log's leaf: 129 bytes.
    public byte[] bytes() {
        return bytes.clone();
    }

    /// 32 bytes: the withdrawn entry's.
    public byte[] nonce() {
        return Arrays.copyOfRange(bytes, NONCE, KEY);
    }

    /// 32 bytes, Ed25519.
    public byte[] publicKey() {
        return Arrays.copyOfRange(bytes, KEY, SIGNATURE);
    }

    /// The RFC 6962 leaf hash.
    public Hash leafHash() {
        return Merkle.leaf(bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Withdrawal that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
