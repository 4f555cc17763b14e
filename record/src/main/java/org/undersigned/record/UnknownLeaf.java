package org.undersigned.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A leaf of a type or version that this program does not know. It is stored, counted and shown, but not
/// interpreted.
public final class UnknownLeaf implements RegisterLeaf, LedgerLeaf {
    private final String type;
    private final byte[] bytes;

    UnknownLeaf(String type, byte[] bytes) {
        this.type = type;
        this.bytes = bytes.clone();
    }

    /// The type, with its version if that is not 1: `weather.noted`, `roll.rules v2`.
    public String type() {
        return type;
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UnknownLeaf that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return new String(bytes, UTF_8);
    }
}
