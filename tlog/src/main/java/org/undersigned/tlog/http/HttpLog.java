package org.undersigned.tlog.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.undersigned.tlog.CheckpointSource;
import org.undersigned.tlog.EntryBundle;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.Note;
import org.undersigned.tlog.Tile;
import org.undersigned.tlog.TileSource;

/// Reads a log from a web server (c2sp.org/tlog-tiles). Verifies nothing, like every source. Limits each response,
/// also after gunzip, to the maximum size of a tile or a note. Thread-safe.
public final class HttpLog implements TileSource, CheckpointSource {
    private static final int BUNDLE_BYTES = Tile.FULL * (2 + EntryBundle.MAX_ENTRY);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http;
    private final URI prefix;

    /// Creates a client of the log under `prefix`; reads nothing yet.
    ///
    /// @param http sends the requests; the caller chooses its proxy, TLS and redirect settings
    /// @param prefix of the log, with or without a final slash
    public HttpLog(HttpClient http, URI prefix) {
        this.http = http;
        this.prefix = slashed(prefix);
    }

    static URI slashed(URI prefix) {
        return prefix.toString().endsWith("/") ? prefix : URI.create(prefix + "/");
    }

    /// {@inheritDoc} [NoSuchFileException] if the server responds 404 or 410.
    @Override
    public byte[] read(Tile tile) throws IOException {
        return get(tile.path(), tile.level() == Tile.ENTRIES ? BUNDLE_BYTES : Tile.FULL * Hash.SIZE);
    }

    /// {@inheritDoc} [NoSuchFileException] if the server responds 404 or 410.
    @Override
    public Note checkpoint() throws IOException {
        try {
            return Note.parse(get("checkpoint", Note.MAX_BYTES));
        } catch (IllegalArgumentException e) {
            throw new IOException("the served checkpoint is invalid: " + e.getMessage(), e);
        }
    }

    private byte[] get(String path, int most) throws IOException {
        var request = HttpRequest.newBuilder(prefix.resolve(path))
                .header("Accept-Encoding", "gzip, identity")
                .timeout(PATIENCE)
                .build();
        try {
            var response = http.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), packedBytes(most)));
            switch (response.statusCode()) {
                case 200 -> {}
                case 404, 410 -> throw new NoSuchFileException(request.uri().toString());
                default -> throw new IOException(request.uri() + " returned status " + response.statusCode());
            }
            var packed =
                    response.headers().firstValue("Content-Encoding").orElse("").equalsIgnoreCase("gzip");
            var bytes = packed ? unpack(response.body(), most) : response.body();
            if (bytes.length > most) throw new IOException(request.uri() + " has more than " + most + " bytes");
            return bytes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading " + request.uri());
        }
    }

    /// Incompressible data grows by 5 bytes per block (RFC 1951 §3.2.4), plus a header.
    private static long packedBytes(int most) {
        return most + most / 1_000 + 1024L;
    }

    /// @return at most `most` + 1 bytes, even if `packed` would unpack to more
    static byte[] unpack(byte[] packed, int most) throws IOException {
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return unpacked.readNBytes(most + 1);
        }
    }
}
