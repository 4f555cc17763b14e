package org.undersigned.server.platform.http;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.undersigned.tlog.Hash;
import tools.jackson.databind.json.JsonMapper;

/// Holds in memory every file that a browser runs or shows, under a name that contains the hash of its content.
/// Each file is compressed once.
public final class Assets {
    private final Map<String, String> hashedNames = new HashMap<>();
    private final Map<String, Asset> files = new TreeMap<>();

    private record Asset(Representation representation, Hash digest, CachedResponses.Body body) {}

    private Assets() {}

    /// Reads the files that the web build put on the class path.
    ///
    /// @throws IllegalStateException if the web build did not run
    public static Assets load(CachedResponses responses) {
        var assets = new Assets();
        var names = new JsonMapper().readTree(resource("assets.json"));
        for (var name : names.propertyNames()) {
            var hashed = names.get(name).stringValue();
            assets.hashedNames.put(name, hashed);
            var plain = resource(hashed);
            // open to other hosts, because a sandboxed frame counts as another host
            var representation =
                    Representation.of(type(hashed), CachePolicy.FOREVER).openToEverybody();
            assets.files.put(
                    hashed,
                    new Asset(
                            representation,
                            Hash.sha256(plain),
                            responses.body("/assets/" + hashed, representation, plain)));
        }
        return assets;
    }

    /// The address of the asset that the source code calls `name`.
    public String url(String name) {
        var hashed = hashedNames.get(name);
        if (hashed == null) throw new IllegalArgumentException("there is no asset " + name);
        return "/assets/" + hashed;
    }

    /// SHA-256 in hex of every file, by hashed name: the content of the register leaf `client.released`.
    public SortedMap<String, String> digests() {
        var digests = new TreeMap<String, String>();
        files.forEach((name, asset) -> digests.put(name, asset.digest().hex()));
        return digests;
    }

    /// `GET /assets/{file}`
    public void serve(ServerRequest request, ServerResponse response) {
        var asset = files.get(request.path().pathParameters().get("file"));
        if (asset == null) throw Problem.notFound("No file has this address.");
        CachedResponses.send(request, response, asset.representation(), asset.body());
    }

    static byte[] gzip(byte[] plain) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String type(String name) {
        if (name.endsWith(".js")) return "text/javascript; charset=utf-8";
        if (name.endsWith(".css")) return "text/css; charset=utf-8";
        if (name.endsWith(".svg")) return "image/svg+xml";
        return "application/octet-stream";
    }

    private static byte[] resource(String name) {
        try (var in = Assets.class.getResourceAsStream("/web/" + name)) {
            if (in == null) throw new IllegalStateException("file " + name + " is missing: build the web files first");
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
