package org.undersigned.server.federation;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.support.CheckedClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Verifies the signatures of requests to a [FediverseServer]. It shares no code with the server under test.
final class SignatureJudge {
    private static final JsonMapper JSON = new JsonMapper();
    private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME;
    private static final Pattern FIELD = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final Pattern INPUT =
            Pattern.compile("sig1=(\\(([^)]*)\\);created=([0-9]+);keyid=\"([^\"]*)\")"); // alg comes from the key
    private static final Pattern SIGNATURE = Pattern.compile("sig1=:([^:]*):");

    private final HttpClient http = new CheckedClient();

    /// The signature schemes that the server reads.
    volatile Set<Scheme> reads = EnumSet.allOf(Scheme.class);

    enum Scheme {
        /// draft-cavage-http-signatures-12.
        DRAFT,
        /// RFC 9421.
        STANDARD
    }

    static Scheme schemeOf(HttpExchange exchange) {
        return exchange.getRequestHeaders().containsKey("Signature-Input") ? Scheme.STANDARD : Scheme.DRAFT;
    }

    /// Returns what is wrong with a request, by the checks of Mastodon (its `app/lib/signed_request.rb`); null if
    /// nothing is wrong.
    ///
    /// @param body  null if there is none
    /// @param actor the actor that must have signed; empty for any actor
    @Nullable
    String fault(HttpExchange exchange, byte @Nullable [] body, String actor) {
        if (!exchange.getRequestHeaders().containsKey("Signature")) return "unsigned";
        if (!reads.contains(schemeOf(exchange))) return "not read: " + schemeOf(exchange);
        return schemeOf(exchange) == Scheme.DRAFT
                ? faultOfDraft(exchange, body, actor)
                : faultOfStandard(exchange, body, actor);
    }

    private @Nullable String faultOfDraft(HttpExchange exchange, byte @Nullable [] body, String actor) {
        var headers = exchange.getRequestHeaders();
        var fields = new LinkedHashMap<String, String>();
        var matcher = FIELD.matcher(headers.getFirst("Signature"));
        while (matcher.find()) fields.put(matcher.group(1), matcher.group(2));
        var covered = List.of(fields.getOrDefault("headers", "").split(" "));
        if (!covered.containsAll(List.of("(request-target)", "host", "date"))) return "covers " + covered;
        if (body != null && !covered.contains("digest")) return "covers no digest";
        if (body != null && !headers.getFirst("Digest").equals("SHA-256=" + sha256(body))) return "digest";
        var date = Instant.from(DATE.parse(headers.getFirst("Date")));
        if (Math.abs(date.getEpochSecond() - Instant.now().getEpochSecond()) > 300) return "date " + date;
        if (!base(exchange).equals("http://" + headers.getFirst("Host"))) return "host";
        var lines = new ArrayList<String>();
        for (var name : covered) {
            lines.add(name + ": "
                    + (name.equals("(request-target)")
                            ? method(exchange) + " " + exchange.getRequestURI().getRawPath()
                            : headers.getFirst(name)));
        }
        return faultOf(actor, fields.getOrDefault("keyId", ""), String.join("\n", lines), fields.get("signature"));
    }

    private static String base(HttpExchange exchange) {
        return "http://localhost:" + exchange.getLocalAddress().getPort();
    }

    private static String method(HttpExchange exchange) {
        return exchange.getRequestMethod().toLowerCase(Locale.ROOT);
    }

    private @Nullable String faultOfStandard(HttpExchange exchange, byte @Nullable [] body, String actor) {
        var headers = exchange.getRequestHeaders();
        var input = INPUT.matcher(headers.getFirst("Signature-Input"));
        var signature = SIGNATURE.matcher(headers.getFirst("Signature"));
        if (!input.matches() || !signature.matches()) return "form: " + headers.getFirst("Signature-Input");
        var digest = body == null ? "" : "sha-256=:" + sha256(body) + ":";
        if (body != null && !digest.equals(headers.getFirst("Content-Digest"))) return "content-digest";
        if (!input.group(2).equals("\"@method\" \"@target-uri\"" + (body == null ? "" : " \"content-digest\""))) {
            return "covers " + input.group(2);
        }
        var created = Long.parseLong(input.group(3));
        if (Math.abs(created - Instant.now().getEpochSecond()) > 300) return "created " + created;
        var signed = "\"@method\": " + exchange.getRequestMethod() + "\n\"@target-uri\": " + base(exchange)
                + exchange.getRequestURI() + "\n" + (body == null ? "" : "\"content-digest\": " + digest + "\n")
                + "\"@signature-params\": " + input.group(1);
        return faultOf(actor, input.group(4), signed, signature.group(1));
    }

    private @Nullable String faultOf(String actor, String keyId, String signed, @Nullable String signature) {
        var key = document(keyId).get("publicKey");
        if (!actor.isEmpty() && !key.get("owner").stringValue().equals(actor)) return "another's key";
        if (!key.get("id").stringValue().equals(keyId)) return "another key";
        return isSigned(key.get("publicKeyPem").stringValue(), signed, signature) ? null : "signature";
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

    static String sha256(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
