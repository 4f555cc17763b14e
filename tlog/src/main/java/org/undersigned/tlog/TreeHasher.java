package org.undersigned.tlog;

import java.security.DigestException;
import java.security.MessageDigest;

/// RFC 6962 §2.1 hashing from arrays into arrays with one digest object, so that hashing a log of millions of
/// leaves allocates no object per node. Not thread-safe.
final class TreeHasher {
    private static final int SIZE = Hash.SIZE;

    private final MessageDigest sha256 = Hash.newSha256();
    private final byte[] scratch = new byte[Tile.FULL / 2 * SIZE];

    /// Writes SHA-256(0x00 ‖ data) to `out` at byte `at`.
    void leaf(byte[] data, byte[] out, int at) {
        sha256.update((byte) 0);
        sha256.update(data);
        finish(out, at);
    }

    /// Writes SHA-256(0x01 ‖ left ‖ right) to `out` at byte `at`; `out` may be `left` or `right`.
    void node(byte[] left, int leftAt, byte[] right, int rightAt, byte[] out, int at) {
        sha256.update((byte) 1);
        sha256.update(left, leftAt, SIZE);
        sha256.update(right, rightAt, SIZE);
        finish(out, at);
    }

    /// Writes the root of the `count` hashes in `hashes` from byte `from` to `out` at byte `at`.
    ///
    /// @param count a power of two, at most 256
    void root(byte[] hashes, int from, int count, byte[] out, int at) {
        if (count == 1) {
            System.arraycopy(hashes, from, out, at, SIZE);
            return;
        }
        var below = hashes;
        var start = from;
        for (var left = count; left > 1; left /= 2) {
            for (var i = 0; i < left / 2; i++) {
                node(below, start + 2 * i * SIZE, below, start + (2 * i + 1) * SIZE, scratch, i * SIZE);
            }
            below = scratch;
            start = 0;
        }
        System.arraycopy(scratch, 0, out, at, SIZE);
    }

    private void finish(byte[] out, int at) {
        try {
            sha256.digest(out, at, SIZE);
        } catch (DigestException e) {
            throw new IllegalStateException("the digest does not fit in 32 bytes", e);
        }
    }
}
