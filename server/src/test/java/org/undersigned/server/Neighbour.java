package org.undersigned.server;

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
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Another server of the fediverse, on this machine: has actors in the shapes that Mastodon, Mobilizon and Gancio
/// publish, signs as they do, and takes only what is rightly signed. Its own code: it shares nothing with what it
/// judges.
final class Neighbour implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME;
    private static final Pattern FIELD = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    final KeyPair keys = keys();
    private final HttpServer server;
    private final HttpClient http = new CheckedClient();
    private final Map<String, String> documents = new ConcurrentHashMap<>();
    private final List<Arrived> arrived = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    volatile int answer = 202;

    /// Something that came with a signature that fits.
    record Arrived(String path, JsonNode activity, String userAgent) {}

    Neighbour() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    String base() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    String pem() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(keys.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    /// Publishes an actor's document; `HOST` and `PEM` in it become this server's.
    ///
    /// @return the actor's id
    String publish(String path, String document) {
        documents.put(path, document.replace("HOST", base()).replace("PEM", pem().replace("\n", "\\n")));
        return base() + path;
    }

    void remove(String path) {
        documents.put(path, "");
    }

    /// As a Mastodon server publishes somebody.
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

    /// The activity Mastodon sends when somebody follows.
    String follow(String actor, String whom) {
        return """
                {"@context":"https://www.w3.org/ns/activitystreams","id":"%s#follows/%d","type":"Follow",
                 "actor":"%s","object":"%s"}
                """.formatted(actor, System.nanoTime(), actor, whom);
    }

    /// And when they no longer do.
    String undo(String actor, String whom) {
        return """
                {"@context":"https://www.w3.org/ns/activitystreams","id":"%1$s#follows/7/undo","type":"Undo",
                 "actor":"%1$s",
                 "object":{"id":"%1$s#follows/7","type":"Follow","actor":"%1$s","object":"%2$s"}}
                """.formatted(actor, whom);
    }

    /// A request as it is sent: tests may spoil it.
    record Request(Map<String, String> headers, String body) {}

    static final List<String> MASTODONS = List.of("(request-target)", "host", "date", "digest", "content-type");

    Request signed(URI inbox, String keyId, String body) {
        return signed(inbox, keyId, keys.getPrivate(), Instant.now(), MASTODONS, body);
    }

    static Request signed(URI inbox, String keyId, PrivateKey key, Instant date, List<String> covered, String body) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("host", inbox.getRawAuthority());
        headers.put("date", DATE.format(date.atOffset(ZoneOffset.UTC)).replaceFirst(", (\\d) ", ", 0$1 "));
        headers.put("digest", "SHA-256=" + sha256(body.getBytes(StandardCharsets.UTF_8)));
        headers.put("content-type", "application/activity+json");
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

    /// As Mastodon signs from version 4.5 on: HTTP Message Signatures (RFC 9421).
    Request signedAnew(URI inbox, String keyId, Instant created, String body) {
        var digest = "sha-256=:" + sha256(body.getBytes(StandardCharsets.UTF_8)) + ":";
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
            if (!name.equals("host")) to.header(name, value); // the client writes the same itself
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
                var fault = fault(exchange, body, activity);
                if (fault != null) refused.add(fault);
                if (fault == null && answer / 100 == 2) {
                    arrived.add(new Arrived(
                            path, activity, exchange.getRequestHeaders().getFirst("User-Agent")));
                }
                exchange.sendResponseHeaders(fault == null ? answer : 401, -1);
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

    /// What a careful receiver finds wrong, as Mastodon checks it; null for nothing.
    private @Nullable String fault(HttpExchange exchange, byte[] body, JsonNode activity) {
        var headers = exchange.getRequestHeaders();
        var fields = new LinkedHashMap<String, String>();
        var matcher = FIELD.matcher(headers.getFirst("Signature"));
        while (matcher.find()) fields.put(matcher.group(1), matcher.group(2));
        var covered = List.of(fields.getOrDefault("headers", "").split(" "));
        if (!covered.containsAll(List.of("(request-target)", "host", "date", "digest"))) return "covers " + covered;
        if (!headers.getFirst("Digest").equals("SHA-256=" + sha256(body))) return "digest";
        var date = Instant.from(DATE.parse(headers.getFirst("Date")));
        if (Math.abs(date.getEpochSecond() - Instant.now().getEpochSecond()) > 300) return "date " + date;
        if (!headers.getFirst("Host").equals(base().replace("http://", ""))) return "host";
        var lines = new ArrayList<String>();
        for (var name : covered) {
            lines.add(name + ": "
                    + (name.equals("(request-target)")
                            ? "post " + exchange.getRequestURI().getRawPath()
                            : headers.getFirst(name)));
        }
        var actor = document(activity.get("actor").stringValue());
        var key = actor.get("publicKey");
        if (!key.get("id").stringValue().equals(fields.get("keyId"))) return "another key";
        return isSigned(key.get("publicKeyPem").stringValue(), String.join("\n", lines), fields.get("signature"))
                ? null
                : "signature";
    }

    private static boolean isSigned(String pem, String text, @Nullable String signature) {
        try {
            var der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
            var verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der)));
            verifier.update(text.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode document(String address) {
        try {
            var request = HttpRequest.newBuilder(URI.create(address))
                    .header("Accept", "application/activity+json")
                    .build();
            return JSON.readTree(
                    http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    List<Arrived> arrived() {
        return List.copyOf(arrived);
    }

    /// What came with a signature that does not fit.
    List<String> refused() {
        return List.copyOf(refused);
    }

    /// Waits until something like it has come.
    Arrived await(Predicate<Arrived> like) {
        for (var attempt = 0; attempt < 1200; attempt++) {
            for (var one : arrived) if (like.test(one)) return one;
            Town.sleep(25);
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
