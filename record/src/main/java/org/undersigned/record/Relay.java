package org.undersigned.record;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.undersigned.ohttp.KeyConfig;
import org.undersigned.ohttp.MalformedException;
import tools.jackson.databind.node.ObjectNode;

/// The relay that an instance names in its register (PROTOCOL §5): another organization takes sealed requests there,
/// mixes them and hands them on, so that the instance does not see from where a signature comes.
///
/// @param url      where clients send sealed requests
/// @param operator who runs it, in words for people
/// @param key      of the instance's own gateway, to which requests are sealed: the relay cannot read them
public record Relay(URI url, String operator, KeyConfig key) {
    private static final int MAX_URL = 255;
    private static final int MAX_OPERATOR = 100;

    /// @throws IllegalArgumentException like [#requireNamed], or if the key is for other algorithms
    public Relay {
        requireNamed(url, operator);
        if (!key.algorithms().equals(List.of(KeyConfig.Algorithms.HKDF_SHA256_AES_128_GCM))) {
            throw new IllegalArgumentException("a gateway's key must be for HKDF-SHA256 with AES-128-GCM");
        }
    }

    /// @throws IllegalArgumentException if the address is not a plain http or https address with a path, of
    ///     at most 255 characters, or the name is not 1 to 100 characters without control characters and
    ///     blanks around it
    public static void requireNamed(URI url, String operator) {
        var isWeb = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
        var isPlain = url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
        var hasPath = url.getRawPath() != null && url.getRawPath().length() > 1;
        if (!isWeb
                || !isPlain
                || !hasPath
                || url.getHost() == null
                || url.toString().length() > MAX_URL) {
            throw new IllegalArgumentException("the address must be like https://relay.example.net/sign.example.org");
        }
        if (operator.isBlank()
                || operator.length() > MAX_OPERATOR
                || !operator.strip().equals(operator)
                || operator.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the operator must have a name of 1 to " + MAX_OPERATOR + " characters");
        }
    }

    /// `{"key":"<base64 of the key configuration>","operator","url"}`
    static Relay parse(Fields fields) {
        try {
            var relay = new Relay(
                    new URI(fields.text("url")),
                    fields.text("operator"),
                    KeyConfig.parse(Fields.base64(fields.text("key"), "key")));
            fields.end();
            return relay;
        } catch (URISyntaxException | MalformedException e) {
            throw new IllegalArgumentException("relay: " + e.getMessage(), e);
        }
    }

    void write(ObjectNode json) {
        json.put("url", url.toString())
                .put("operator", operator)
                .put("key", Base64.getEncoder().encodeToString(key.encode()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Relay that
                && url.equals(that.url)
                && operator.equals(that.operator)
                && Arrays.equals(key.encode(), that.key.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key.encode());
    }
}
