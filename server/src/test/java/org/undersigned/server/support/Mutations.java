package org.undersigned.server.support;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/// Changes bytes at random, as a fault or an attacker does: flips a bit, deletes or doubles a range, inserts text
/// that parsers often handle wrongly.
public final class Mutations {
    private static final String[] TRIPS = {
        "\"",
        "'",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\\",
        "\\u0000",
        "null",
        "-1",
        "1e999",
        "9".repeat(400),
        "\n",
        "\r",
        "\uFEFF",
        "\u2028",
        "2016-02-30",
        "[".repeat(3_000),
        "\"\"\"",
        "true"
    };

    private Mutations() {}

    /// Returns a copy with one to eight changes, which depend only on the seed.
    public static byte[] of(byte[] whole, long seed) {
        var random = new Random(seed);
        var bytes = whole;
        for (var change = 1 + random.nextInt(8); change > 0; change--) bytes = changed(bytes, random);
        return bytes;
    }

    private static byte[] changed(byte[] bytes, Random random) {
        var from = random.nextInt(bytes.length + 1);
        var to = Math.min(bytes.length, from + random.nextInt(64));
        return switch (random.nextInt(4)) {
            case 0 -> spliced(bytes, from, to, new byte[0]);
            case 1 -> spliced(bytes, from, from, Arrays.copyOfRange(bytes, from, to));
            case 2 -> spliced(bytes, from, from, TRIPS[random.nextInt(TRIPS.length)].getBytes(StandardCharsets.UTF_8));
            default -> {
                var flipped = bytes.clone();
                if (from < flipped.length) flipped[from] ^= (byte) (1 << random.nextInt(8));
                yield flipped;
            }
        };
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] put) {
        var made = Arrays.copyOf(bytes, bytes.length - (to - from) + put.length);
        System.arraycopy(put, 0, made, from, put.length);
        System.arraycopy(bytes, to, made, from + put.length, bytes.length - to);
        return made;
    }
}
