package org.undersigned.server.platform.http;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.undersigned.tlog.Tile;

/// Serves a log as c2sp.org/tlog-tiles: checkpoint, hash tiles, entry bundles.
public final class LogRoutes {
    private static final Kind CHECKPOINT =
            Kind.of("text/plain; charset=utf-8", Caching.ASK).openToEverybody();
    private static final Kind FULL_TILE =
            Kind.of("application/octet-stream", Caching.FOREVER).openToEverybody();
    /// A partial tile never changes either, but a fuller one will make it useless.
    private static final Kind PARTIAL_TILE =
            Kind.of("application/octet-stream", Caching.MINUTES).openToEverybody();

    private static final int FULL = 256; // hashes, or entries

    private final Answers answers;

    public LogRoutes(Answers answers) {
        this.answers = answers;
    }

    public void sendCheckpoint(ServerRequest request, ServerResponse response, Optional<String> note) {
        var text = note.orElseThrow(() -> Problem.notFound("No such log."));
        send(request, response, CHECKPOINT, text.getBytes(StandardCharsets.UTF_8));
    }

    /// The tile the address names.
    ///
    /// @throws Problem 404 if the address is not the canonical name of a tile
    public static Tile tile(ServerRequest request) {
        try {
            return Tile.parsePath("tile/" + request.path().pathParameters().get("tile"));
        } catch (IllegalArgumentException e) {
            throw Problem.notFound("No tile has this address.");
        }
    }

    public void sendTile(ServerRequest request, ServerResponse response, Tile tile, Optional<byte[]> data) {
        var bytes = data.orElseThrow(() -> Problem.notFound("No checkpoint covers this tile."));
        send(request, response, tile.width() == FULL ? FULL_TILE : PARTIAL_TILE, bytes);
    }

    private void send(ServerRequest request, ServerResponse response, Kind kind, byte[] bytes) {
        Answers.send(request, response, kind, answers.body(request.path().path(), kind, bytes));
    }
}
