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

/// A signer's public name or comment (PROTOCOL §5): canonical JSON of `{"comment","name","salt"}`, where comment or
/// name may be absent. The log contains only the hash. The salt makes that hash impossible to guess after the words
/// are deleted. The words are personal data, so `toString` hides them.
///
/// @param name    1 to 80 UTF-16 units on one line
/// @param comment 1 to 300 UTF-16 units
/// @param salt    text that the client chooses, 22 characters (16 random bytes in base64) to 64
public record Statement(@Nullable String name, @Nullable String comment, String salt) {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();
    private static final Set<String> FIELDS = Set.of("name", "comment", "salt");

    /// @throws IllegalArgumentException if a field is too short or too long, name and comment are both absent, or a
    ///     field contains an invisible character: a control character (except a line feed in a comment) or a
    ///     character that changes the writing direction
    public Statement {
        if (name == null && comment == null)
            throw new IllegalArgumentException("the statement has neither name nor comment");
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
        if (text.codePoints().anyMatch(one -> isInvisible(one) && !(lines && one == '\n'))) {
            throw new IllegalArgumentException("statement." + field + " contains a control character");
        }
    }

    /// True if a terminal or a page interprets the character and does not show it: controls, line and paragraph
    /// separators, unpaired surrogates, and characters that override the direction (UAX #9 §2.1, §2.2, §2.4). The
    /// marks of §2.6 are allowed.
    private static boolean isInvisible(int one) {
        return switch (Character.getType(one)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            default -> one >= 0x202A && one <= 0x202E || one >= 0x2066 && one <= 0x2069;
        };
    }

    /// Parses a statement's canonical bytes.
    ///
    /// @throws IllegalArgumentException if they are not a canonical statement
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

    /// The canonical bytes to send and to hash.
    public byte[] bytes() {
        var json = JsonNodeFactory.instance.objectNode();
        if (name != null) json.put("name", name);
        if (comment != null) json.put("comment", comment);
        return CanonicalJson.write(json.put("salt", salt));
    }

    /// SHA-256 of [#bytes], 32 bytes: the statement hash in an entry.
    public byte[] hash() {
        return Hash.sha256(bytes()).bytes();
    }

    @Override
    public String toString() {
        return "Statement(hidden)";
    }
}
