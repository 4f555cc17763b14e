package org.undersigned.server.publish.activitypub;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads JSON that other servers send, within bounds, and writes JSON that is sent to them.
final class BoundedJson {
    private static final int DEEPEST = 32;
    private static final int LONGEST = 1 << 18;
    private static final int LONGEST_NUMBER = 64;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(LONGEST)
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private BoundedJson() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    static String text(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    /// @return null if it is not a JSON object, or exceeds the bounds
    static @Nullable ObjectNode read(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes) instanceof ObjectNode object ? object : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    /// Returns a member that is a string; empty if there is none.
    static String string(@Nullable JsonNode of, String name) {
        if (!(of instanceof ObjectNode object)) return "";
        var value = object.get(name);
        return value != null && value.isString() ? value.stringValue() : "";
    }

    /// Returns the id in a member: its own text, or the `id` of its object; empty if it has neither.
    static String id(ObjectNode of, String name) {
        var direct = string(of, name);
        return direct.isEmpty() ? string(of.get(name), "id") : direct;
    }
}
