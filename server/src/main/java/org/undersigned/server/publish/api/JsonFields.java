package org.undersigned.server.publish.api;

import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.document.LocalizedText;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes one JSON object, member by member, in order. Unknown values are written as null, never omitted.
final class JsonFields {
    private final ObjectNode node = JsonNodeFactory.instance.objectNode();

    JsonFields put(String name, @Nullable String value) {
        node.put(name, value);
        return this;
    }

    /// Writes a date, a time, an instant, a zone or an address in its canonical form (ISO 8601 for dates and
    /// times).
    JsonFields putText(String name, @Nullable Object value) {
        return put(name, value == null ? null : value.toString());
    }

    JsonFields put(String name, @Nullable Long value) {
        node.put(name, value);
        return this;
    }

    JsonFields put(String name, @Nullable Double value) {
        node.put(name, value);
        return this;
    }

    JsonFields put(String name, boolean value) {
        node.put(name, value);
        return this;
    }

    JsonFields put(String name, @Nullable LocalizedText text) {
        return put(
                name,
                text == null ? null : new JsonFields().put("en", text.en()).put("es", text.es()));
    }

    JsonFields put(String name, @Nullable JsonFields object) {
        if (object == null) node.putNull(name);
        else node.set(name, object.node);
        return this;
    }

    JsonFields strings(String name, List<String> values) {
        var list = node.putArray(name);
        values.forEach(list::add);
        return this;
    }

    JsonFields numbers(String name, List<Integer> values) {
        var list = node.putArray(name);
        values.forEach(list::add);
        return this;
    }

    JsonFields texts(String name, List<LocalizedText> values) {
        return list(name, values, (text, one) -> one.put("en", text.en()).put("es", text.es()));
    }

    /// @param write writes the fields of one value
    <T> JsonFields list(String name, List<T> values, BiConsumer<T, JsonFields> write) {
        var list = node.putArray(name);
        for (var value : values) {
            var one = new JsonFields();
            write.accept(value, one);
            list.add(one.node);
        }
        return this;
    }

    JsonFields objects(String name, List<JsonFields> values) {
        var list = node.putArray(name);
        values.forEach(one -> list.add(one.node));
        return this;
    }

    byte[] bytes() {
        return node.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
