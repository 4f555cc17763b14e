package org.undersigned.tlog.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.CosignatureVerifier;
import org.undersigned.tlog.Cosigner;
import org.undersigned.tlog.Merkle;
import org.undersigned.tlog.Note;
import org.undersigned.tlog.Note.NoteSignature;

/// Jazzer target: a witness's response, with the status in the first byte, then the body. The client accepts only
/// cosignatures by the witness's key, and a size in canonical form.
public final class FuzzWitnessAnswer {
    private static final int[] STATUSES = {200, 409, 403, 500};
    private static final Cosigner COSIGNER = Cosigner.ed25519("witness.example", new byte[32]);
    private static final CosignatureVerifier WITNESS = COSIGNER.verifier();
    private static final WitnessClient CLIENT =
            new WitnessClient(HttpClient.newHttpClient(), URI.create("http://witness.example/"), WITNESS);
    private static final Note CHECKPOINT = new Note(
            new Checkpoint("example.org/log", 0, Merkle.EMPTY_ROOT, List.of()).text(),
            List.of(new NoteSignature("example.org/log", 1, new byte[1])));

    private FuzzWitnessAnswer() {}

    /// A valid response of the witness.
    public static String cosignature() {
        return COSIGNER.cosign(CHECKPOINT, Instant.EPOCH).line();
    }

    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) return;
        var status = STATUSES[data[0] & 3];
        var body = new String(data, 1, data.length - 1, StandardCharsets.UTF_8);
        try {
            switch (CLIENT.read(CHECKPOINT, status, "text/x.tlog.size", body)) {
                case WitnessClient.Outcome.Cosigned(var cosignatures) -> {
                    if (status != 200 || !WITNESS.verify(CHECKPOINT.with(cosignatures))) {
                        throw new AssertionError("not the witness's");
                    }
                }
                case WitnessClient.Outcome.Conflict(var size) -> {
                    if (status != 409 || !body.equals(size + "\n")) throw new AssertionError("not a size");
                }
                case WitnessClient.Outcome.Refused(var told, var text) -> {
                    if (told != status || !text.equals(body)) throw new AssertionError("not what was answered");
                }
            }
        } catch (IOException e) {
            // a real witness does not respond like this
        }
    }
}
