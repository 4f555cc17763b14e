package org.undersigned.server.platform.http;

import static java.nio.charset.StandardCharsets.UTF_8;

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

/// Holds in memory every file that a browser runs or shows, under a name that contains the hash of its content, and
/// the files of the verifier, whose names anybody else can use too. Each file is compressed once.
public final class Assets {
    /// The folder of the verifier, at the address `/verifier/` too.
    private static final String VERIFIER = "verifier/";

    private static final String VERIFIER_PAGE = VERIFIER + "index.html";

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
        for (var line : new String(resource(VERIFIER + "SHA256SUMS"), UTF_8).split("\n")) {
            assets.addVerifierFile(VERIFIER + line.substring(line.lastIndexOf(' ') + 1), responses);
        }
        assets.addVerifierFile(VERIFIER + "SHA256SUMS", responses);
        return assets;
    }

    private void addVerifierFile(String name, CachedResponses responses) {
        var plain = resource(name);
        var representation = Representation.of(type(name), CachePolicy.REVALIDATE)
                .openToEverybody()
                .with(HttpServer.READING_ANY_HOST);
        files.put(
                name, new Asset(representation, Hash.sha256(plain), responses.body("/" + name, representation, plain)));
    }

    /// The address of the asset that the source code calls `name`.
    public String url(String name) {
        var hashed = hashedNames.get(name);
        if (hashed == null) throw new IllegalArgumentException("there is no asset " + name);
        return "/assets/" + hashed;
    }

    /// SHA-256 in hex of every file, by hashed name, or by `verifier/` and its name: the content of the register leaf
    /// `client.released`.
    public SortedMap<String, String> digests() {
        var digests = new TreeMap<String, String>();
        files.forEach((name, asset) -> digests.put(name, asset.digest().hex()));
        return digests;
    }

    /// `GET /assets/{file}`
    public void serve(ServerRequest request, ServerResponse response) {
        send(request, response, request.path().pathParameters().get("file"));
    }

    /// `GET /verifier/`
    public void serveVerifier(ServerRequest request, ServerResponse response) {
        send(request, response, VERIFIER_PAGE);
    }

    /// `GET /verifier/{file}`
    public void serveVerifierFile(ServerRequest request, ServerResponse response) {
        send(request, response, VERIFIER + request.path().pathParameters().get("file"));
    }

    private void send(ServerRequest request, ServerResponse response, String name) {
        var asset = files.get(name);
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
        if (name.endsWith(".html")) return "text/html; charset=utf-8";
        if (name.startsWith(VERIFIER)) return "text/plain; charset=utf-8";
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
