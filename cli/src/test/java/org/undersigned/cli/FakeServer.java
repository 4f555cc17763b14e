package org.undersigned.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.undersigned.record.CastRequest;
import org.undersigned.record.Promise;
import org.undersigned.record.Verdict;
import org.undersigned.record.Withdrawal;
import org.undersigned.record.WrittenCode;
import org.undersigned.record.recount.FakeSite;
import org.undersigned.tlog.Hash;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// A [FakeSite] on a local port, with a minimal roll and box for signing: one campus, lantern.edu, whose code is
/// always 12345678.
final class FakeServer implements AutoCloseable {
    static final String CODE = "12345678";
    /// The code of the only card that the campus knows.
    static final String CARD = WrittenCode.CARD.write(new byte[16]);
    private static final JsonMapper MAPPER = new JsonMapper();

    /// A test may replace it: then the same address serves another site.
    FakeSite site;

    /// The POST requests in order: path and body.
    final List<Posted> posted = new ArrayList<>();
    /// For each path, the number of coming POST requests that are processed but get an error response.
    final Map<String, Integer> outages = new ConcurrentHashMap<>();
    /// Redirects: path to target.
    final Map<String, String> redirects = new ConcurrentHashMap<>();

    boolean forgesPromises;
    /// The path of another page that claims this box as its own.
    String misleading = "";
    private final HttpServer server;
    private final Map<String, String> issued = new ConcurrentHashMap<>();

    static final class Posted {
        final String path;
        final byte[] body;

        Posted(String path, byte[] body) {
            this.path = path;
            this.body = body;
        }
    }

    private record Reply(int status, String type, byte[] body) {}

    FakeServer(FakeSite site) {
        this.site = site;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String url(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path)
                .toString();
    }

    HttpSite site() {
        return new HttpSite(URI.create(url("/")), HttpSite.client());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath();
            if (redirects.containsKey(path)) {
                exchange.getResponseHeaders().add("Location", redirects.get(path));
                exchange.sendResponseHeaders(303, -1);
                return;
            }
            Reply reply = exchange.getRequestMethod().equals("POST")
                    ? post(path, exchange.getRequestBody().readAllBytes())
                    : get(path);
            if (path.equals(FakeSite.PAGE) || path.equals(misleading)) {
                exchange.getResponseHeaders().add("Link", "<" + site.boxFile("") + ">; rel=\"urn:undersigned:record\"");
            }
            exchange.getResponseHeaders().add("Content-Type", reply.type());
            exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
            exchange.getResponseBody().write(reply.body());
        }
    }

    private synchronized Reply get(String path) {
        if (path.equals("/roll/lantern.edu/book")) return new Reply(200, "application/json", site.book());
        byte[] file = site.files.get(path);
        return file == null ? problem(404, "not-found") : new Reply(200, "application/octet-stream", file);
    }

    private synchronized Reply post(String path, byte[] body) {
        posted.add(new Posted(path, body));
        Reply reply =
                switch (path) {
                    case "/roll/lantern.edu/code" -> json(202, "{\"valid_minutes\":15}");
                    case "/roll/lantern.edu/draw" -> draw(MAPPER.readTree(body));
                    case "/roll/lantern.edu/draw/card" -> drawWithCard(MAPPER.readTree(body));
                    default -> box(path, body);
                };
        return outages.merge(path, -1, Integer::sum) >= 0 ? problem(503, "try-later") : reply;
    }

    private Reply draw(JsonNode request) {
        if (!request.path("code").stringValue("").equals(CODE)) return problem(403, "code-refused");
        return issue(request.path("address").stringValue(""), request, "key-already-issued");
    }

    private Reply drawWithCard(JsonNode request) {
        var card = request.path("card").stringValue("");
        if (!card.equals(CARD.replace(" ", ""))) return problem(403, "card-refused");
        return issue(card, request, "card-used");
    }

    private Reply issue(String person, JsonNode request, String conflict) {
        var json = JsonNodeFactory.instance.objectNode();
        var responses = json.putArray("responses");
        for (JsonNode one : request.path("requests")) {
            String key = one.path("key").stringValue("");
            String blinded = one.path("blinded").stringValue("");
            String before = issued.putIfAbsent(person + key, blinded);
            if (before != null && !before.equals(blinded)) return problem(409, conflict);
            var issuerClass =
                    site.manifest.classOf(Base64.getDecoder().decode(key)).orElseThrow();
            byte[] signature = site.issuer(issuerClass).sign(Base64.getDecoder().decode(blinded));
            responses
                    .addObject()
                    .put("key", key)
                    .put("blind_signature", Base64.getEncoder().encodeToString(signature));
        }
        return json(200, json.toString());
    }

    private Reply box(String path, byte[] body) {
        String box = "/box/" + site.manifest.box();
        if (path.equals(box + "/entries")) {
            var entry = CastRequest.parse(body).entry();
            if (!(entry.check(site.manifest, site.keys()) instanceof Verdict.Valid)) return problem(422, "wrong-token");
            site.castOnce(entry.bytes());
            return promise(entry.leafHash());
        }
        if (path.equals(box + "/withdrawals")) {
            var withdrawal = Withdrawal.parse(body);
            if (!withdrawal.check(site.manifest.origin())) return problem(422, "wrong-signature");
            site.castOnce(withdrawal.bytes());
            return promise(withdrawal.leafHash());
        }
        return problem(404, "not-found");
    }

    private Reply promise(Hash leaf) {
        var promise = new Promise(site.manifest.origin(), leaf, Instant.parse("2030-01-01T00:00:00Z"));
        var note = site.signer(forgesPromises ? "elsewhere.example/promise" : promise.keyName())
                .sign(promise.text());
        return new Reply(202, "text/plain; charset=utf-8", note.toString().getBytes(UTF_8));
    }

    private static Reply json(int status, String body) {
        return new Reply(status, "application/json", body.getBytes(UTF_8));
    }

    private static Reply problem(int status, String code) {
        return new Reply(
                status,
                "application/problem+json",
                "{\"type\":\"urn:undersigned:problem:%s\",\"title\":\"No.\",\"status\":%d}"
                        .formatted(code, status)
                        .getBytes(UTF_8));
    }
}
