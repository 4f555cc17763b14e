package org.undersigned.server.count.witness;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.undersigned.server.platform.http.Problem;
import org.undersigned.server.platform.http.RequestBodies;
import org.undersigned.tlog.witness.AddCheckpoint;
import org.undersigned.tlog.witness.AddCheckpointResponse;

/// HTTP handler of this instance's witness (c2sp.org/tlog-witness).
public final class WitnessHandler {
    /// Maximum body in bytes: room for a proof of 63 hashes and a checkpoint with a dozen of the longest
    /// cosignatures.
    private static final int MOST = 1 << 16;

    private final InstanceWitness witness;

    public WitnessHandler(InstanceWitness witness) {
        this.witness = witness;
    }

    /// `POST /witness/add-checkpoint`
    public void addCheckpoint(ServerRequest request, ServerResponse response) throws IOException {
        var answer = witness.addCheckpoint(parsed(RequestBodies.bytes(request, MOST)));
        switch (answer) {
            case AddCheckpointResponse.Cosigned _, AddCheckpointResponse.Conflict _ -> send(response, answer);
            case AddCheckpointResponse.Malformed(var reason) -> throw Problem.malformed("body", reason);
            case AddCheckpointResponse.NotSigned _ ->
                throw Problem.of(
                        403,
                        "not-signed",
                        "The checkpoint is not signed",
                        "It has no signature by a key that this witness knows for its log, or a signature is wrong.");
            case AddCheckpointResponse.UnknownLog _ ->
                throw Problem.of(
                        404,
                        "unknown-log",
                        "This witness does not know this log",
                        "The operator of the log must ask the operator of this witness to add its key.");
            case AddCheckpointResponse.NotConsistent _ ->
                throw Problem.of(
                        422,
                        "not-consistent",
                        "The consistency proof is not valid",
                        "It does not prove that the new tree extends the tree that was cosigned last.");
        }
    }

    private static AddCheckpoint parsed(byte[] body) {
        try {
            return AddCheckpoint.parse(body);
        } catch (IllegalArgumentException e) {
            throw Problem.malformed("body", String.valueOf(e.getMessage()));
        }
    }

    private static void send(ServerResponse response, AddCheckpointResponse answer) {
        response.status(Status.create(answer.status()))
                .header(HeaderNames.CONTENT_TYPE, answer.contentType())
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .send(answer.body().getBytes(StandardCharsets.UTF_8));
    }
}
