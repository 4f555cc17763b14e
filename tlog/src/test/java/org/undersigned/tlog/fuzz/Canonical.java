package org.undersigned.tlog.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;

/// Requirements for every parser: it throws the documented exception, or returns a value that is written as the
/// same bytes. Anything else (another exception, a second form of one value) is a bug.
final class Canonical {
    private Canonical() {}

    static <T> void check(byte[] data, Function<byte[], T> parse, Function<T, byte[]> write) {
        T value;
        try {
            value = parse.apply(data);
        } catch (IllegalArgumentException e) {
            return;
        }
        if (!Arrays.equals(data, write.apply(value))) throw new AssertionError("not written back as it was read");
    }

    static <T> void checkText(byte[] data, Function<String, T> parse, Function<T, String> write) {
        var text = new String(data, StandardCharsets.UTF_8);
        check(
                text.getBytes(StandardCharsets.UTF_8),
                _ -> parse.apply(text),
                value -> write.apply(value).getBytes(StandardCharsets.UTF_8));
    }
}
