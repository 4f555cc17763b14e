package org.undersigned.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.undersigned.tlog.Ed25519;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.Merkle;

/// The withdrawal of a published entry (PROTOCOL §7): 129 bytes. Only the holder of the entry's seed can sign it.
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

    /// Parses a withdrawal without verifying it; [#check] verifies it.
    ///
    /// @throws IllegalArgumentException if it is not 129 bytes of kind 2
    public static Withdrawal parse(byte[] bytes) {
        if (bytes.length != SIZE) {
            throw new IllegalArgumentException("a withdrawal must have " + SIZE + " bytes, not " + bytes.length);
        }
        if (bytes[0] != KIND)
            throw new IllegalArgumentException("byte 0: kind " + (bytes[0] & 0xff) + " is not a withdrawal");
        return new Withdrawal(bytes.clone());
    }

    /// Signs the withdrawal of the entry that belongs to `seed` (32 bytes) in the box of `origin`.
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

    /// True if the nonce is the hash of the public key and the signature verifies for this box. The caller checks
    /// against the log that the nonce is published and not withdrawn already.
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

    /// The nonce of the withdrawn entry, 32 bytes.
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
