package org.undersigned.record;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.undersigned.tlog.Hash;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// What a signer chose to say in public (PROTOCOL §5): canonical JSON of `{"comment","name","salt"}`, of which
/// comment or name may be absent. The log holds only its hash, and the salt keeps that hash from being guessed
/// once the words are deleted. The words are personal data: they do not print themselves.
///
/// @param name    1 to 80 UTF-16 units on one line
/// @param comment 1 to 300 of them
/// @param salt    text of the client's own choosing, 22 characters (16 random bytes in base64) to 64
public record Statement(@Nullable String name, @Nullable String comment, String salt) {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();
    private static final Set<String> FIELDS = Set.of("name", "comment", "salt");

    /// @throws IllegalArgumentException if one is too short or too long, says nothing, or holds a character that is
    ///     not seen: a control character (a line feed in a comment is none) or one that turns the direction of
    ///     writing
    public Statement {
        if (name == null && comment == null) throw new IllegalArgumentException("the statement says nothing");
        check("name", name, 80, false);
        check("comment", comment, 300, true);
        if (salt.length() < 22) throw new IllegalArgumentException("statement.salt has fewer than 22 characters");
        check("salt", salt, 64, false);
    }

    private static void check(String field, @Nullable String text, int longest, boolean lines) {
        if (text == null) return;
        if (text.isBlank()) throw new IllegalArgumentException("statement." + field + " is blank");
        if (text.length() > longest) {
            throw new IllegalArgumentException("statement." + field + " has more than " + longest + " characters");
        }
        if (text.codePoints().anyMatch(one -> isUnseen(one) && !(lines && one == '\n'))) {
            throw new IllegalArgumentException("statement." + field + " holds a control character");
        }
    }

    /// Whether a terminal or a page would obey it in the place of showing it: controls, line and paragraph
    /// separators, surrogates that stand alone, and what overrides the direction (UAX #9 §2.1, §2.2, §2.4; marks of
    /// §2.6 may stay).
    private static boolean isUnseen(int one) {
        return switch (Character.getType(one)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            default -> one >= 0x202A && one <= 0x202E || one >= 0x2066 && one <= 0x2069;
        };
    }

    /// Reads a statement's canonical bytes.
    ///
    /// @throws IllegalArgumentException if they are not that
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
        var statement = new Statement(text(json, "name"), text(json, "comment"), salt == null ? "" : salt);
        if (!Arrays.equals(statement.bytes(), bytes)) {
            throw new IllegalArgumentException("the statement is not canonical JSON");
        }
        return statement;
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
