package org.undersigned.server.federation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.undersigned.server.support.CheckedClient;
import org.undersigned.server.support.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Simulates another server of the fediverse on this machine: it has actors in the shapes that Mastodon, Mobilizon
/// and Gancio publish, signs as they do, and accepts only requests with a valid signature in a scheme that it
/// reads. It shares no code with the server under test.
public final class FediverseServer implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME;

    private static final List<KeyPair> KEYS =
            Stream.generate(FediverseServer::newKeys).limit(6).toList();

    private static final AtomicInteger NEXT_KEYS = new AtomicInteger();

    final KeyPair keys = keys();
    private final HttpServer server;
    private final HttpClient http = new CheckedClient();
    private final Map<String, String> documents = new ConcurrentHashMap<>();
    private final List<Arrived> arrived = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final List<SignatureJudge.Scheme> signatureSchemes = new CopyOnWriteArrayList<>();
    volatile int answer = 202;
    /// Status of the response to a signature that it cannot read or that is invalid.
    volatile int refusal = 401;
    final SignatureJudge judge = new SignatureJudge();
    /// True if it serves documents only to signed requests (Mastodon's "secure mode").
    volatile boolean secure;

    /// An activity that came with a valid signature.
    record Arrived(String path, JsonNode activity, String userAgent) {}

    FediverseServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /// One of a few key pairs, since making one takes a fifth of a second: two servers that exist at once have
    /// different keys.
    static KeyPair keys() {
        return KEYS.get(Math.floorMod(NEXT_KEYS.getAndIncrement(), KEYS.size()));
    }

    private static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public String base() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    String pem() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(keys.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    /// Publishes an actor's document; `HOST` and `PEM` in it become this server's address and key.
    ///
    /// @return the actor's id
    String publish(String path, String document) {
        documents.put(path, document.replace("HOST", base()).replace("PEM", pem().replace("\n", "\\n")));
        return base() + path;
    }

    void remove(String path) {
        documents.put(path, "");
    }

    /// Returns a document of `src/test/resources/activitypub/recorded/` as this server would send it to `campaign`.
    String recorded(String name, URI campaign) {
        try {
            return Files.readString(Path.of("src/test/resources/activitypub/recorded", name + ".json"))
                    .replaceAll("https://(mastodon|mobilizon|gancio)\\.example", base())
                    .replace("https://undersigned.example/ap/campaign", campaign.toString());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Publishes a recorded actor, with this server's key.
    ///
    /// @return the actor's id
    String publishRecorded(String name) {
        var document = recorded(name, URI.create("https://undersigned.example/ap/campaign"));
        var id = JSON.readTree(document).get("id").stringValue();
        return publish(URI.create(id).getPath(), document);
    }

    /// Publishes a person as a Mastodon server does.
    String person(String name) {
        return publish("/users/" + name, """
                {"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/v1",
                  {"manuallyApprovesFollowers":"as:manuallyApprovesFollowers","toot":"http://joinmastodon.org/ns#",
                   "featured":{"@id":"toot:featured","@type":"@id"},"schema":"http://schema.org#",
                   "PropertyValue":"schema:PropertyValue","value":"schema:value","discoverable":"toot:discoverable"}],
                 "id":"HOST/users/NAME","type":"Person","following":"HOST/users/NAME/following",
                 "followers":"HOST/users/NAME/followers","inbox":"HOST/users/NAME/inbox",
                 "outbox":"HOST/users/NAME/outbox","featured":"HOST/users/NAME/collections/featured",
                 "preferredUsername":"NAME","name":"Name of NAME","summary":"<p>hello</p>","url":"HOST/@NAME",
                 "manuallyApprovesFollowers":false,"discoverable":true,"published":"2022-11-20T00:00:00Z",
                 "publicKey":{"id":"HOST/users/NAME#main-key","owner":"HOST/users/NAME","publicKeyPem":"PEM"},
                 "tag":[],"attachment":[],"endpoints":{"sharedInbox":"HOST/inbox"}}
                """.replace("NAME", name));
    }

    /// Returns the activity that Mastodon sends when a person starts to follow.
    String follow(String actor, String whom) {
        return """
                {"@context":"https://www.w3.org/ns/activitystreams","id":"%s#follows/%d","type":"Follow",
                 "actor":"%s","object":"%s"}
                """.formatted(actor, System.nanoTime(), actor, whom);
    }

    /// Returns the activity that Mastodon sends when a person stops following.
    String undo(String actor, String whom) {
        return """
                {"@context":"https://www.w3.org/ns/activitystreams","id":"%1$s#follows/7/undo","type":"Undo",
                 "actor":"%1$s",
                 "object":{"id":"%1$s#follows/7","type":"Follow","actor":"%1$s","object":"%2$s"}}
                """.formatted(actor, whom);
    }

    /// A request as it is sent; tests may alter it.
    record Request(Map<String, String> headers, String body) {}

    static final List<String> MASTODON_COVERED = List.of("(request-target)", "host", "date", "digest", "content-type");

    Request signed(URI inbox, String keyId, String body) {
        return signed(inbox, keyId, keys.getPrivate(), Instant.now(), MASTODON_COVERED, body);
    }

    static Request signed(URI inbox, String keyId, PrivateKey key, Instant date, List<String> covered, String body) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("host", inbox.getRawAuthority());
        headers.put("date", DATE.format(date.atOffset(ZoneOffset.UTC)).replaceFirst(", (\\d) ", ", 0$1 "));
        headers.put("digest", "SHA-256=" + SignatureJudge.sha256(body.getBytes(StandardCharsets.UTF_8)));
        headers.put("content-type", "application/activity+json");
        headers.put("content-length", "" + body.getBytes(StandardCharsets.UTF_8).length);
        var lines = covered.stream()
                .map(name -> name + ": "
                        + (name.equals("(request-target)") ? "post " + inbox.getRawPath() : headers.get(name)))
                .toList();
        headers.put(
                "signature",
                "keyId=\"" + keyId + "\",algorithm=\"rsa-sha256\",headers=\"" + String.join(" ", covered)
                        + "\",signature=\"" + signature(key, String.join("\n", lines)) + "\"");
        return new Request(headers, body);
    }

    /// Signs by HTTP Message Signatures (RFC 9421), as Fedify does and Mastodon accepts from version 4.5 on.
    Request signedByRfc9421(URI inbox, String keyId, Instant created, String body) {
        var digest = "sha-256=:" + SignatureJudge.sha256(body.getBytes(StandardCharsets.UTF_8)) + ":";
        var said = "(\"@method\" \"@target-uri\" \"content-digest\");created=" + created.getEpochSecond() + ";keyid=\""
                + keyId + "\"";
        var signed = "\"@method\": POST\n\"@target-uri\": " + inbox + "\n\"content-digest\": " + digest
                + "\n\"@signature-params\": " + said;
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-type", "application/activity+json");
        headers.put("content-digest", digest);
        headers.put("signature-input", "sig1=" + said);
        headers.put("signature", "sig1=:" + signature(keys.getPrivate(), signed) + ":");
        return new Request(headers, body);
    }

    private static String signature(PrivateKey key, String text) {
        try {
            var signer = Signature.getInstance("SHA256withRSA");
            signer.initSign(key);
            signer.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /// @return the status
    int send(URI inbox, Request request) {
        var to = HttpRequest.newBuilder(inbox).POST(HttpRequest.BodyPublishers.ofString(request.body()));
        request.headers().forEach((name, value) -> {
            if (!List.of("host", "content-length").contains(name)) to.header(name, value); // the client writes them
        });
        try {
            return http.send(to.build(), HttpResponse.BodyHandlers.ofByteArray())
                    .statusCode();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    int send(URI inbox, String actor, String body) {
        return send(inbox, signed(inbox, actor + "#main-key", body));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var body = exchange.getRequestBody().readAllBytes();
            if (exchange.getRequestMethod().equals("POST")) {
                var activity = JSON.readTree(body);
                signatureSchemes.add(SignatureJudge.schemeOf(exchange));
                var fault = judge.fault(exchange, body, activity.get("actor").stringValue());
                if (fault != null) refused.add(fault);
                if (fault == null && answer / 100 == 2) {
                    arrived.add(new Arrived(
                            path, activity, exchange.getRequestHeaders().getFirst("User-Agent")));
                }
                exchange.sendResponseHeaders(fault == null ? answer : refusal, -1);
                return;
            }
            var fault = secure ? judge.fault(exchange, null, "") : null;
            if (fault != null) {
                refused.add(fault);
                exchange.sendResponseHeaders(refusal, -1);
                return;
            }
            var document = documents.get(path);
            if (document == null || document.isEmpty()) {
                exchange.sendResponseHeaders(document == null ? 404 : 410, -1);
                return;
            }
            var bytes = document.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/activity+json; charset=utf-8");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    List<Arrived> arrived() {
        return List.copyOf(arrived);
    }

    /// Returns the faults of refused requests.
    List<String> refused() {
        return List.copyOf(refused);
    }

    /// Returns the signature scheme of each delivery, accepted or refused.
    List<SignatureJudge.Scheme> signatureSchemes() {
        return List.copyOf(signatureSchemes);
    }

    /// Waits until an activity that matches `like` has arrived.
    Arrived await(Predicate<Arrived> like) {
        for (var attempt = 0; attempt < 1200; attempt++) {
            for (var one : arrived) if (like.test(one)) return one;
            TestInstance.sleep(25);
        }
        throw new AssertionError("it did not come; what came: " + arrived + ", refused: " + refused);
    }

    /// Waits for an activity of this type about this object.
    Arrived await(String type, String object) {
        return await(one -> one.activity().get("type").stringValue().equals(type)
                && one.activity().path("object").path("id").asString("").equals(object));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
