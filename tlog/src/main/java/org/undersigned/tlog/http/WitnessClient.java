package org.undersigned.tlog.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.CosignatureVerifier;
import org.undersigned.tlog.Note;
import org.undersigned.tlog.Note.NoteSignature;
import org.undersigned.tlog.Proofs;
import org.undersigned.tlog.TileSource;
import org.undersigned.tlog.witness.AddCheckpoint;

/// Requests cosignatures from one witness and returns only valid ones (c2sp.org/tlog-witness). Thread-safe.
public final class WitnessClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_RESPONSE = 1 << 16;

    private final HttpClient http;
    private final URI addCheckpoint;
    private final CosignatureVerifier witness;

    /// The result of a request.
    public sealed interface Outcome {
        /// The witness cosigned.
        ///
        /// @param cosignatures by the witness, verified; [Note#with] adds them to the checkpoint
        record Cosigned(List<NoteSignature> cosignatures) implements Outcome {}

        /// The witness last cosigned a tree of another size.
        ///
        /// @param size of that tree, in leaves
        record Conflict(long size) implements Outcome {}

        /// Any other response.
        ///
        /// @param status of the response; 200 if none of its cosignatures is a valid one of this witness
        /// @param body of the response, not trusted
        record Refused(int status, String body) implements Outcome {}
    }

    /// Creates a client of the witness under `submissionPrefix`; sends nothing yet.
    ///
    /// @param http sends the requests; the caller chooses its proxy, TLS and redirect settings
    /// @param submissionPrefix of the witness, with or without a final slash
    /// @param witness the witness's key
    public WitnessClient(HttpClient http, URI submissionPrefix, CosignatureVerifier witness) {
        this.http = http;
        this.addCheckpoint = HttpLog.slashed(submissionPrefix).resolve("add-checkpoint");
        this.witness = witness;
    }

    /// Requests a cosignature of `checkpoint`. First assumes that the witness has cosigned nothing yet; if the
    /// witness responds with another size, sends one more request with the proof from that size.
    ///
    /// @param checkpoint signed by the log
    /// @param tiles of the log: the caller's own
    /// @return the result
    /// @throws IOException if the witness cannot be reached, its response is malformed, or a tile cannot be read
    public Outcome cosign(Note checkpoint, TileSource tiles) throws IOException {
        return cosign(checkpoint, tiles, 0);
    }

    /// Like [#cosign(Note, TileSource)], for a caller that stores the size the witness cosigned last.
    ///
    /// @param checkpoint signed by the log
    /// @param tiles of the log: the caller's own
    /// @param lastSize in leaves
    /// @return the result
    /// @throws IOException as in the other method
    public Outcome cosign(Note checkpoint, TileSource tiles, long lastSize) throws IOException {
        var size = Checkpoint.parse(checkpoint.text()).size();
        var outcome = ask(checkpoint, tiles, Math.min(lastSize, size), size);
        return outcome instanceof Outcome.Conflict(var stands) && stands <= size && stands != lastSize
                ? ask(checkpoint, tiles, stands, size)
                : outcome;
    }

    private Outcome ask(Note checkpoint, TileSource tiles, long old, long size) throws IOException {
        return add(new AddCheckpoint(old, Proofs.consistency(tiles, old, size), checkpoint));
    }

    /// Sends one request.
    ///
    /// @param body of the request
    /// @return the result
    /// @throws IOException if the witness cannot be reached, or its response is malformed
    public Outcome add(AddCheckpoint body) throws IOException {
        var request = HttpRequest.newBuilder(addCheckpoint)
                .timeout(TIMEOUT)
                .POST(BodyPublishers.ofString(body.text(), StandardCharsets.UTF_8))
                .build();
        try {
            var text = BodyHandlers.ofString(StandardCharsets.UTF_8);
            var response = http.send(request, BodyHandlers.limiting(text, MAX_RESPONSE));
            var type = response.headers().firstValue("Content-Type").orElse("");
            return read(body.checkpoint(), response.statusCode(), type, response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + addCheckpoint);
        }
    }

    Outcome read(Note checkpoint, int status, String type, String body) throws IOException {
        var bare = type.split(";", 2)[0].strip(); // parameters have no meaning here (RFC 9110 §8.3.1)
        if (status == 409 && bare.equalsIgnoreCase("text/x.tlog.size")) {
            if (!body.matches("(0|[1-9][0-9]{0,17})\n"))
                throw new IOException(addCheckpoint + " returned an invalid size");
            return new Outcome.Conflict(Long.parseLong(body.strip()));
        }
        if (status != 200) return new Outcome.Refused(status, body);
        var cosignatures = verified(checkpoint, body);
        return cosignatures.isEmpty() ? new Outcome.Refused(200, body) : new Outcome.Cosigned(cosignatures);
    }

    private List<NoteSignature> verified(Note checkpoint, String lines) throws IOException {
        try {
            return NoteSignature.parseLines(lines).stream()
                    .filter(one -> witness.verify(new Note(checkpoint.text(), List.of(one))))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new IOException(addCheckpoint + " returned invalid signature lines: " + e.getMessage(), e);
        }
    }
}
