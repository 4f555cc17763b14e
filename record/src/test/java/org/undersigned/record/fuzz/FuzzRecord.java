package org.undersigned.record.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.undersigned.record.CanonicalJson;
import org.undersigned.record.CastRequest;
import org.undersigned.record.Entry;
import org.undersigned.record.LedgerLeaf;
import org.undersigned.record.Manifest;
import org.undersigned.record.Promise;
import org.undersigned.record.RegisterLeaf;
import org.undersigned.record.Statement;
import org.undersigned.record.Withdrawal;
import org.undersigned.tlog.Note;

/// Jazzer target: each parser throws the documented exception, or accepts bytes that are written back unchanged.
public final class FuzzRecord {
    private FuzzRecord() {}

    public static void fuzzerTestOneInput(byte[] data) {
        check(data, bytes -> Entry.parse(bytes).bytes());
        check(data, bytes -> Withdrawal.parse(bytes).bytes());
        check(data, bytes -> Manifest.parse(bytes).leaf());
        check(data, bytes -> RegisterLeaf.parse(bytes).bytes());
        check(data, bytes -> LedgerLeaf.parse(bytes).bytes());
        check(data, bytes -> CanonicalJson.write(CanonicalJson.parse(bytes)));
        check(data, bytes -> Statement.parse(bytes).bytes());
        check(data, FuzzRecord::castAgain);
        check(data, FuzzRecord::promisedAgain);
    }

    private static byte[] castAgain(byte[] bytes) {
        var request = CastRequest.parse(bytes);
        return CastRequest.pad(request.entry(), request.statement().orElse(new byte[0]));
    }

    /// A promise is the text of a note; this method adds an arbitrary signature to make a note.
    private static byte[] promisedAgain(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        var promise = Promise.parse(Note.parse(text + "\n\u2014 n AAAAAAAA\n"));
        return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)
                ? promise.text().getBytes(StandardCharsets.UTF_8)
                : bytes;
    }

    private static void check(byte[] data, UnaryOperator<byte[]> again) {
        byte[] written;
        try {
            written = again.apply(data);
        } catch (IllegalArgumentException e) {
            return;
        }
        if (!Arrays.equals(data, written)) throw new AssertionError("not written back as it was read");
    }
}
