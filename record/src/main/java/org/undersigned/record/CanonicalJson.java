package org.undersigned.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Canonical JSON (RFC 8785): equal values have equal bytes, so a hash identifies a value.
///
/// All numbers are integers of at most 2^53 - 1 in magnitude, which a double holds exactly. Fractions are not
/// supported: §3.2.2.3 requires ECMAScript's format of doubles, and this record needs no fractions.
public final class CanonicalJson {
    /// The longest value: one entry of a tlog-tiles bundle has a 16-bit length.
    public static final int MAX_BYTES = 65_535;

    private static final int MAX_DEPTH = 16;
    private static final long MAX_INTEGER = (1L << 53) - 1;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(MAX_BYTES)
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(20)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private CanonicalJson() {}

    /// A new object of a type, in version 1: `{"type":…,"v":1}`.
    static ObjectNode typed(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type).put("v", 1);
    }

    /// Returns the canonical bytes of `value`: at most [#MAX_BYTES].
    ///
    /// @throws IllegalArgumentException for a fraction, an integer beyond 2^53 - 1, a lone surrogate, more than 16
    ///     levels or more than [#MAX_BYTES] bytes
    public static byte[] write(JsonNode value) {
        var out = new StringBuilder();
        write(value, out, 0);
        byte[] bytes = out.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("the JSON has " + bytes.length + " bytes, more than " + MAX_BYTES);
        }
        return bytes;
    }

    /// Parses `bytes`, which must be exactly what [#write] returns. Repeated or unsorted names, spaces, needless
    /// escapes, `-0`, fractions and anything after the value are refused.
    ///
    /// @throws IllegalArgumentException if they are not canonical
    public static JsonNode parse(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("the JSON has " + bytes.length + " bytes, more than " + MAX_BYTES);
        }
        JsonNode value;
        try {
            value = MAPPER.readTree(bytes);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
        if (value == null || value.isMissingNode()) throw new IllegalArgumentException("the JSON is empty");
        byte[] canonical = write(value);
        int at = Arrays.mismatch(canonical, bytes);
        if (at >= 0) throw new IllegalArgumentException("not canonical JSON (RFC 8785) at byte " + at);
        return value;
    }

    private static void write(JsonNode value, StringBuilder out, int depth) {
        if (depth > MAX_DEPTH) throw new IllegalArgumentException("the JSON is nested deeper than " + MAX_DEPTH);
        switch (value.getNodeType()) {
            case NULL -> out.append("null");
            case BOOLEAN -> out.append(value.booleanValue());
            case STRING -> string(value.stringValue(), out);
            case NUMBER -> integer(value, out);
            case ARRAY -> {
                out.append('[');
                for (int i = 0; i < value.size(); i++) {
                    if (i > 0) out.append(',');
                    write(value.get(i), out, depth + 1);
                }
                out.append(']');
            }
            case OBJECT -> {
                out.append('{');
                var sorted = new TreeMap<String, JsonNode>(); // by UTF-16 units, RFC 8785 §3.2.3
                value.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
                String comma = "";
                for (var field : sorted.entrySet()) {
                    out.append(comma);
                    string(field.getKey(), out);
                    out.append(':');
                    write(field.getValue(), out, depth + 1);
                    comma = ",";
                }
                out.append('}');
            }
            default -> throw new IllegalArgumentException("not a JSON value: " + value.getNodeType());
        }
    }

    private static void integer(JsonNode value, StringBuilder out) {
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException("not an integer: " + value);
        }
        long number = value.longValue();
        if (Math.abs(number) > MAX_INTEGER) throw new IllegalArgumentException("integer beyond 2^53 - 1: " + number);
        out.append(number);
    }

    /// RFC 8785 §3.2.2.2: writes the short escapes, lower-case four-digit escapes for other control characters, and
    /// everything else unchanged.
    private static void string(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < 0x20) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else if (!Character.isSurrogate(c)) {
                        out.append(c);
                    } else if (Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1))) {
                        out.append(c).append(text.charAt(++i));
                    } else {
                        throw new IllegalArgumentException("lone surrogate in a JSON string");
                    }
                }
            }
        }
        out.append('"');
    }
}
