package org.undersigned.record;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.undersigned.tlog.Hash;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// What a signer chose to say in public: `{"name","comment","salt"}`. The log holds only its hash, and the salt keeps
/// that hash from being guessed once the words are deleted. The words are personal data: they do not print
/// themselves.
///
/// @param salt text of the client's own choosing, at least 22 characters (16 random bytes in base64)
public record Statement(@Nullable String name, @Nullable String comment, String salt) {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();
    private static final Set<String> FIELDS = Set.of("name", "comment", "salt");

    /// @throws IllegalArgumentException if the salt is short
    public Statement {
        if (salt.length() < 22) throw new IllegalArgumentException("statement.salt has fewer than 22 characters");
    }

    /// Reads a statement in any JSON form (its hash is over the bytes as sent): only these fields, strings or null.
    ///
    /// @throws IllegalArgumentException if it is not that
    public static Statement parse(byte[] bytes) {
        JsonNode json;
        try {
            json = MAPPER.readTree(bytes);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the statement is not JSON", e);
        }
        if (json == null || !json.isObject()) throw new IllegalArgumentException("the statement is not an object");
        for (String field : json.propertyNames()) {
            if (!FIELDS.contains(field)) throw new IllegalArgumentException("the statement has an unknown field");
        }
        String salt = text(json, "salt");
        return new Statement(text(json, "name"), text(json, "comment"), salt == null ? "" : salt);
    }

    private static @Nullable String text(JsonNode json, String field) {
        JsonNode value = json.get(field);
        if (value == null || value.isNull()) return null;
        if (!value.isString()) throw new IllegalArgumentException("statement." + field + " is not a string");
        return value.stringValue();
    }

    /// Its canonical bytes: what to send and to hash.
    public byte[] bytes() {
        var json = JsonNodeFactory.instance.objectNode();
        if (name != null) json.put("name", name);
        if (comment != null) json.put("comment", comment);
        return CanonicalJson.write(json.put("salt", salt));
    }

    /// SHA-256 of [#bytes]: an entry's statement hash, 32 bytes.
    public byte[] hash() {
        return Hash.sha256(bytes()).bytes();
    }

    @Override
    public String toString() {
        return "Statement(hidden)";
    }
}
