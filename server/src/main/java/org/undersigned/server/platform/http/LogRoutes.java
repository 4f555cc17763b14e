package org.undersigned.server.platform.http;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.undersigned.tlog.Tile;

/// Serves a log as c2sp.org/tlog-tiles: checkpoint, hash tiles, entry bundles.
public final class LogRoutes {
    private static final Representation CHECKPOINT = Representation.of(
                    "text/plain; charset=utf-8", CachePolicy.REVALIDATE)
            .openToEverybody();
    private static final Representation FULL_TILE =
            Representation.of("application/octet-stream", CachePolicy.FOREVER).openToEverybody();
    /// A partial tile never changes either, but a fuller tile will replace it.
    private static final Representation PARTIAL_TILE =
            Representation.of("application/octet-stream", CachePolicy.MINUTES).openToEverybody();

    private static final Representation FULL_BUNDLE = FULL_TILE.withText();
    private static final Representation PARTIAL_BUNDLE = PARTIAL_TILE.withText();

    private static final int FULL = 256; // hashes, or entries

    private final CachedResponses responses;
    private final boolean hasTextLeaves;

    private LogRoutes(CachedResponses responses, boolean hasTextLeaves) {
        this.responses = responses;
        this.hasTextLeaves = hasTextLeaves;
    }

    /// For logs whose leaves are text: bundles of entries are sent compressed.
    public static LogRoutes ofText(CachedResponses responses) {
        return new LogRoutes(responses, true);
    }

    /// For logs whose leaves are signatures, which do not compress.
    public static LogRoutes ofSignatures(CachedResponses responses) {
        return new LogRoutes(responses, false);
    }

    public void sendCheckpoint(ServerRequest request, ServerResponse response, Optional<String> note) {
        var text = note.orElseThrow(() -> Problem.notFound("No such log."));
        send(request, response, CHECKPOINT, text.getBytes(StandardCharsets.UTF_8));
    }

    /// The tile that the address names.
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
        var isText = hasTextLeaves && tile.level() == Tile.ENTRIES;
        var full = isText ? FULL_BUNDLE : FULL_TILE;
        var partial = isText ? PARTIAL_BUNDLE : PARTIAL_TILE;
        send(request, response, tile.width() == FULL ? full : partial, bytes);
    }

    private void send(ServerRequest request, ServerResponse response, Representation representation, byte[] bytes) {
        CachedResponses.send(
                request, response, representation, responses.body(request.path().path(), representation, bytes));
    }
}
