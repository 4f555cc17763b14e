package org.undersigned.server.publish.activitypub;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An HTTP signature as Mastodon, Mobilizon and Gancio all use it: draft-cavage-http-signatures-12 with RSA and
/// SHA-256, and `Digest` (RFC 3230) over the body.
///
///     Signature: keyId="https://a.example/users/ada#main-key",algorithm="rsa-sha256",
///                headers="(request-target) host date digest",signature="base64"
///
/// @param keyId     URL of the key
/// @param headers   names of the covered headers, in this order, in lower case
/// @param expires   until when the signature is valid, or null
/// @param signature of the [#signingString]
record CavageSignature(
        String keyId, List<String> headers, @Nullable Instant expires, byte[] signature) implements RequestSignature {
    /// The headers that the signature of a POST must cover.
    static final List<String> REQUIRED = List.of("(request-target)", "host", "date", "digest");

    private static final int LONGEST = 4096;
    private static final int MOST_HEADERS = 24;
    private static final Pattern PARAMETER = Pattern.compile("\\s*([A-Za-z]+)=(?:\"([^\"]*)\"|([0-9]+))\\s*(?:,|$)");

    /// RFC 9110 §5.6.7.
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    /// @return null if it is not well-formed, of another algorithm, or beyond the bounds
    static @Nullable CavageSignature parse(String header) {
        if (header.length() > LONGEST) return null;
        var parameters = new HashMap<String, String>();
        var matcher = PARAMETER.matcher(header);
        var end = 0;
        while (end < header.length()) {
            if (!matcher.find(end) || matcher.start() != end) return null;
            var value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
            if (parameters.put(matcher.group(1), value) != null) return null;
            end = matcher.end();
        }
        var algorithm = parameters.getOrDefault("algorithm", "hs2019"); // "hs2019": the key decides, RSA here
        var headers = List.of(parameters.getOrDefault("headers", "").split(" ", MOST_HEADERS + 1));
        if (!List.of("rsa-sha256", "hs2019").contains(algorithm) || headers.size() > MOST_HEADERS) return null;
        try {
            var signature = Base64.getDecoder().decode(parameters.getOrDefault("signature", ""));
            var keyId = parameters.getOrDefault("keyId", "");
            var until = parameters.get("expires");
            var expires = until == null ? null : Instant.ofEpochSecond(Long.parseLong(until));
            return keyId.isEmpty() || signature.length == 0
                    ? null
                    : new CavageSignature(keyId, headers, expires, signature);
        } catch (IllegalArgumentException | DateTimeException e) {
            return null;
        }
    }

    /// Draft §2.3: one line for each covered header.
    @Override
    public @Nullable String signingString(String target, Headers values) {
        var lines = new ArrayList<String>();
        for (var name : headers) {
            var value = name.equals("(request-target)") ? target : values.apply(name);
            if (value == null) return null;
            lines.add(name + ": " + value);
        }
        return String.join("\n", lines);
    }

    @Override
    public boolean coversRequest(Headers values, byte[] body, Clock clock) {
        var now = clock.instant();
        return headers.containsAll(REQUIRED)
                && isNear(values.apply("date"), now)
                && (expires == null || !now.isAfter(expires))
                && isDigestOf(values.apply("digest"), body);
    }

    private static boolean isNear(@Nullable String date, Instant now) {
        try {
            var sent = date == null
                    ? null
                    : ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
            return sent != null && RequestSignature.isNear(sent, now);
        } catch (DateTimeException e) {
            return false;
        }
    }

    /// Returns true if the first SHA-256 digest in the list is that of the body.
    private static boolean isDigestOf(@Nullable String digests, byte[] body) {
        if (digests == null) return false;
        for (var one : digests.split(",", MOST_HEADERS)) {
            var parts = one.strip().split("=", 2);
            if (parts.length == 2 && parts[0].equalsIgnoreCase("sha-256")) return parts[1].equals(sha256(body));
        }
        return false;
    }

    /// Returns the headers to send with a request, including the signature.
    static Map<String, String> sign(UnsignedRequest request, Instant now, Key key) {
        var values = new LinkedHashMap<String, String>();
        values.put("host", request.address().getRawAuthority());
        values.put("date", HTTP_DATE.format(now));
        var body = request.body();
        if (body != null) values.put("digest", "SHA-256=" + sha256(body));
        var names = new ArrayList<String>(List.of("(request-target)"));
        names.addAll(values.keySet());
        var unsigned = new CavageSignature(key.id(), names, null, new byte[0]);
        var text = String.valueOf(unsigned.signingString(request.method() + " " + request.path(), values::get));
        var signature = Base64.getEncoder().encodeToString(key.sign(text));
        values.put(
                "signature",
                "keyId=\"" + key.id() + "\",algorithm=\"rsa-sha256\",headers=\"" + String.join(" ", names)
                        + "\",signature=\"" + signature + "\"");
        return values;
    }

    /// A private key, and the URL of its public key.
    record Key(String id, PrivateKey secret) {
        byte[] sign(String text) {
            try {
                var signer = Signature.getInstance("SHA256withRSA");
                signer.initSign(secret);
                signer.update(text.getBytes(StandardCharsets.UTF_8));
                return signer.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String toString() {
            return "Key(" + id + ", hidden)";
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
