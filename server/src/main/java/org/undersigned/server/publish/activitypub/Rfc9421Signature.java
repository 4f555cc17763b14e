package org.undersigned.server.publish.activitypub;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An HTTP Message Signature (RFC 9421) with `rsa-v1_5-sha256`, and `Content-Digest` (RFC 9530) over the body, as
/// Fedify sends it and Mastodon accepts it from version 4.5 on.
///
///     Signature-Input: sig1=("@method" "@target-uri" "content-digest");
///                      created=1704106800;keyid="https://a.example/…"
///     Signature: sig1=:base64:
///
/// Only one signature is accepted, of components without parameters. It must be written as RFC 8941 §4.1 serializes
/// it, so that the received text is the signed text.
///
/// @param components names of what is covered, in this order, without quotation marks
/// @param parameters the whole inner list, as in the line `@signature-params`
/// @param created    when it was made
/// @param expires    until when it is valid, or null
/// @param signature  of the [#signingString]
/// @param base       this instance's address
record Rfc9421Signature(
        String keyId,
        List<String> components,
        String parameters,
        Instant created,
        @Nullable Instant expires,
        byte[] signature,
        URI base)
        implements RequestSignature {
    private static final int LONGEST = 4096;
    private static final int MOST_COMPONENTS = 24;
    private static final String ALGORITHM = "rsa-v1_5-sha256";
    private static final Pattern INPUT =
            Pattern.compile("([a-z][a-z0-9_.*-]{0,63})=(\\(([^()]*)\\)((?:;[a-z]+=(?:[0-9]{1,12}|\"[^\"\\\\]*\"))*))");
    private static final Pattern COMPONENT = Pattern.compile("\"(@?[a-z0-9-]{1,100})\"");
    private static final Pattern PARAMETER = Pattern.compile(";([a-z]+)=(?:([0-9]{1,12})|\"([^\"\\\\]*)\")");
    private static final Pattern SIGNATURE = Pattern.compile("([a-z][a-z0-9_.*-]{0,63})=:([A-Za-z0-9+/=]*):");
    private static final Pattern DIGEST = Pattern.compile("([a-z0-9-]{1,32})=:([A-Za-z0-9+/=]*):");
    private static final Set<String> KNOWN = Set.of("created", "expires", "keyid", "alg", "nonce", "tag");
    /// The digests of RFC 9530 §5, without those that it calls insecure.
    private static final Map<String, String> DIGESTS = Map.of("sha-256", "SHA-256", "sha-512", "SHA-512");

    /// @return null if it is not well-formed, not exactly one, of another algorithm, or beyond the bounds
    static @Nullable Rfc9421Signature parse(String input, String signature, URI base) {
        if (input.length() > LONGEST || signature.length() > LONGEST) return null;
        var said = INPUT.matcher(input.strip());
        var made = SIGNATURE.matcher(signature.strip());
        if (!said.matches() || !made.matches() || !said.group(1).equals(made.group(1))) return null;
        var components = components(said.group(3));
        var parameters = parameters(said.group(4));
        if (components == null || parameters == null) return null;
        var keyId = parameters.getOrDefault("keyid", "");
        var created = moment(parameters.get("created"));
        var bytes = base64(made.group(2));
        if (keyId.isEmpty() || created == null || bytes.length == 0) return null;
        if (!parameters.getOrDefault("alg", ALGORITHM).equals(ALGORITHM)) return null;
        var expires = parameters.get("expires");
        var until = moment(expires);
        if (expires != null && until == null) return null;
        return new Rfc9421Signature(keyId, components, said.group(2), created, until, bytes, base);
    }

    /// Returns the components. Each may occur once (RFC 9421 §2).
    private static @Nullable List<String> components(String list) {
        var components = new ArrayList<String>();
        for (var one : list.split(" ", MOST_COMPONENTS + 1)) {
            var component = COMPONENT.matcher(one);
            if (!component.matches() || components.contains(component.group(1))) return null;
            components.add(component.group(1));
        }
        return components.size() > MOST_COMPONENTS ? null : List.copyOf(components);
    }

    private static @Nullable Map<String, String> parameters(String list) {
        var parameters = new HashMap<String, String>();
        var matcher = PARAMETER.matcher(list);
        while (matcher.find()) {
            var number = matcher.group(2) != null;
            var name = matcher.group(1);
            if (!KNOWN.contains(name) || number != List.of("created", "expires").contains(name)) return null;
            if (parameters.put(name, number ? matcher.group(2) : matcher.group(3)) != null) return null;
        }
        return parameters;
    }

    /// @param seconds since 1970, at most twelve digits
    private static @Nullable Instant moment(@Nullable String seconds) {
        return seconds == null ? null : Instant.ofEpochSecond(Long.parseLong(seconds));
    }

    /// Returns the bytes; empty if the text is not base64.
    private static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /// Returns the headers to send with a request, including the signature. The algorithm is not named, since the
    /// key determines it.
    static Map<String, String> sign(UnsignedRequest request, Instant now, CavageSignature.Key key) {
        var components = new ArrayList<>(List.of("@method", "@target-uri"));
        var values = new LinkedHashMap<String, String>();
        var body = request.body();
        if (body != null) {
            components.add("content-digest");
            values.put("content-digest", "sha-256=:" + CavageSignature.sha256(body) + ":");
        }
        var said = components.stream().collect(Collectors.joining("\" \"", "(\"", "\")")) + ";created="
                + now.getEpochSecond() + ";keyid=\"" + key.id() + "\"";
        var address = request.address();
        var base = URI.create(address.getScheme() + "://" + address.getRawAuthority());
        var unsigned = new Rfc9421Signature(key.id(), components, said, now, null, new byte[0], base);
        var text = String.valueOf(unsigned.signingString(request.method() + " " + request.path(), values::get));
        values.put("signature-input", "sig1=" + said);
        values.put("signature", "sig1=:" + Base64.getEncoder().encodeToString(key.sign(text)) + ":");
        return values;
    }

    /// RFC 9421 §2.5: one line for each component, and one for the parameters of the signature.
    @Override
    public @Nullable String signingString(String target, Headers values) {
        var lines = new ArrayList<String>();
        for (var name : components) {
            var value = name.startsWith("@") ? derived(name, target) : values.apply(name);
            if (value == null) return null;
            lines.add("\"" + name + "\": " + value.strip());
        }
        lines.add("\"@signature-params\": " + parameters);
        return String.join("\n", lines);
    }

    /// RFC 9421 §2.2. Scheme and authority are those of `base`, the public address, also behind a reverse proxy.
    private @Nullable String derived(String name, String target) {
        var blank = target.indexOf(' ');
        var path = target.substring(blank + 1).split("\\?", 2);
        return switch (name) {
            case "@method" -> target.substring(0, blank).toUpperCase(Locale.ROOT);
            case "@target-uri" -> base + target.substring(blank + 1);
            case "@request-target" -> target.substring(blank + 1);
            case "@authority" -> base.getRawAuthority().toLowerCase(Locale.ROOT);
            case "@scheme" -> base.getScheme();
            case "@path" -> path[0];
            case "@query" -> path.length > 1 ? "?" + path[1] : "?";
            default -> null;
        };
    }

    /// `@authority` and `@path` together replace `@target-uri`, since an inbox has no query.
    @Override
    public boolean coversRequest(Headers values, byte[] body, Clock clock) {
        var now = clock.instant();
        var covered = new HashSet<>(components);
        return covered.containsAll(Set.of("@method", "content-digest"))
                && (covered.contains("@target-uri") || covered.containsAll(Set.of("@authority", "@path")))
                && RequestSignature.isNear(created, now)
                && (expires == null || !now.isAfter(expires))
                && isDigestOf(values.apply("content-digest"), body);
    }

    /// Returns true if every digest of a known algorithm is right, and there is at least one.
    private static boolean isDigestOf(@Nullable String digests, byte[] body) {
        if (digests == null || digests.length() > LONGEST) return false;
        var known = false;
        for (var one : digests.split(",", MOST_COMPONENTS)) {
            var digest = DIGEST.matcher(one.strip());
            if (!digest.matches()) return false;
            var algorithm = DIGESTS.get(digest.group(1));
            if (algorithm == null) continue;
            if (!MessageDigest.isEqual(digest(algorithm, body), base64(digest.group(2)))) return false;
            known = true;
        }
        return known;
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
