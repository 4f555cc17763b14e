package org.undersigned.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;
import org.undersigned.tlog.Tile;

/// Serves a log as c2sp.org/tlog-tiles: checkpoint, hash tiles, entry bundles.
public final class LogRoutes {
    private LogRoutes() {}

    public static void sendCheckpoint(ServerResponse response, Optional<String> note) {
        response.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .header(HeaderNames.CACHE_CONTROL, "no-cache")
                .send(note.orElseThrow(() -> Problem.notFound("No such log.")));
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

    /// Full tiles never change; partial ones do not either, but a fuller one will make them useless.
    public static void sendTile(ServerResponse response, Tile tile, Optional<byte[]> data) {
        var bytes = data.orElseThrow(() -> Problem.notFound("No checkpoint covers this tile."));
        response.header(HeaderNames.CONTENT_TYPE, "application/octet-stream")
                .header(
                        HeaderNames.CACHE_CONTROL,
                        tile.width() == 256 ? "public, max-age=31536000, immutable" : "public, max-age=300")
                .send(bytes);
    }
}
