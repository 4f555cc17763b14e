package org.undersigned.tlog;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A SHA-256 digest of 32 bytes, immutable. The time equals() takes does not depend on where two hashes differ.
public final class Hash implements Comparable<Hash> {
    /// Length of a hash in bytes.
    public static final int SIZE = 32;

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Wraps an existing digest.
    ///
    /// @param bytes 32 bytes, copied
    /// @return the hash
    /// @throws IllegalArgumentException if `bytes` is not 32 long
    public static Hash of(byte[] bytes) {
        if (bytes.length != SIZE) throw new IllegalArgumentException("a hash must have 32 bytes, not " + bytes.length);
        return new Hash(bytes.clone());
    }

    /// Parses the canonical padded base64 of 32 bytes (RFC 4648 §4).
    ///
    /// @param base64 44 characters
    /// @return the hash
    /// @throws IllegalArgumentException if it is anything else
    public static Hash ofBase64(String base64) {
        var hash = of(Base64.getDecoder().decode(base64));
        if (!hash.base64().equals(base64)) throw new IllegalArgumentException("not canonical base64");
        return hash;
    }

    /// Hashes the concatenation of all `parts`.
    ///
    /// @param parts of any length; no parts for the hash of no bytes
    /// @return SHA-256 (FIPS 180-4 §6.2)
    public static Hash sha256(byte[]... parts) {
        var digest = newSha256();
        for (var part : parts) digest.update(part);
        return new Hash(digest.digest());
    }

    static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform has no SHA-256", e);
        }
    }

    /// The digest.
    ///
    /// @return 32 bytes, a copy
    public byte[] bytes() {
        return bytes.clone();
    }

    byte[] shared() {
        return bytes;
    }

    /// The padded base64 that checkpoints and proofs use (RFC 4648 §4).
    ///
    /// @return 44 characters
    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /// The hexadecimal form, for display and file names.
    ///
    /// @return 64 lower-case hex digits
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    /// Compares as unsigned bytes.
    ///
    /// @param other another hash
    /// @return negative, 0 or positive
    @Override
    public int compareTo(Hash other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Hash that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
