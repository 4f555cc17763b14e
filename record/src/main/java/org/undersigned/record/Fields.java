package org.undersigned.record;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.undersigned.tlog.Hash;
import tools.jackson.databind.JsonNode;

/// Reads one JSON object strictly: every requested field must exist with its type, and no other field may exist.
final class Fields {
    private final JsonNode object;
    private final String where;
    private final Set<String> asked = new HashSet<>();

    private Fields(JsonNode object, String where) {
        if (!object.isObject()) throw new IllegalArgumentException(where + " is not an object");
        this.object = object;
        this.where = where;
    }

    static Fields of(JsonNode object, String where) {
        return new Fields(object, where);
    }

    String text(String name) {
        JsonNode value = field(name);
        if (!value.isString()) throw wrong(name, "is not a string");
        return value.stringValue();
    }

    @Nullable
    String textOrNull(String name) {
        return field(name).isNull() ? null : text(name);
    }

    void literal(String name, String want) {
        if (!text(name).equals(want)) throw wrong(name, "is not \"" + want + "\"");
    }

    int integer(String name, int least) {
        JsonNode value = field(name);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) throw wrong(name, "is not a 32-bit integer");
        if (value.intValue() < least) throw wrong(name, "is less than " + least);
        return value.intValue();
    }

    List<JsonNode> list(String name, int most) {
        JsonNode value = field(name);
        if (!value.isArray()) throw wrong(name, "is not a list");
        if (value.size() > most) throw wrong(name, "has more than " + most + " items");
        var items = new ArrayList<JsonNode>();
        value.forEach(items::add);
        return items;
    }

    List<String> texts(String name, int most) {
        var texts = new ArrayList<String>();
        for (JsonNode item : list(name, most)) {
            if (!item.isString()) throw wrong(name, "has an item that is not a string");
            texts.add(item.stringValue());
        }
        return texts;
    }

    /// A moment in the form of [Instant#toString], such as `2016-11-09T05:00:00Z`.
    Instant instant(String name) {
        String text = text(name);
        try {
            Instant instant = Instant.parse(text);
            if (instant.toString().equals(text)) return instant;
        } catch (DateTimeParseException e) {
            // throws below
        }
        throw wrong(name, "is not a time like 2016-11-09T05:00:00Z");
    }

    Fields object(String name) {
        return new Fields(field(name), where + "." + name);
    }

    JsonNode field(String name) {
        asked.add(name);
        JsonNode value = object.get(name);
        if (value == null) throw wrong(name, "is missing");
        return value;
    }

    List<String> names() {
        return List.copyOf(object.propertyNames());
    }

    /// @throws IllegalArgumentException if the object has a field that the caller did not read
    void end() {
        for (String name : object.propertyNames()) {
            if (!asked.contains(name)) throw wrong(name, "is unknown");
        }
    }

    IllegalArgumentException wrong(String name, String what) {
        return new IllegalArgumentException(where + "." + name + " " + what);
    }

    /// Decodes standard base64 with padding, in its canonical form only.
    static byte[] base64(String text, String what) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) return bytes;
        } catch (IllegalArgumentException e) {
            // throws below, without the decoder's message
        }
        throw new IllegalArgumentException(what + " is not canonical base64");
    }

    /// Parses 64 lower-case hexadecimal digits.
    static Hash sha256Hex(String text, String what) {
        if (text.length() == 64) {
            try {
                Hash hash = Hash.of(HexFormat.of().parseHex(text));
                if (hash.hex().equals(text)) return hash;
            } catch (IllegalArgumentException e) {
                // throws below
            }
        }
        throw new IllegalArgumentException(what + " is not 64 lower-case hexadecimal digits");
    }
}
