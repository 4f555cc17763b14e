package org.undersigned.server.publish.data;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes a table as JSON Lines (jsonlines.org): one object for each row, with every column; null if a value is
/// unknown. Unlike CSV, it needs no guards against formulas, and lists are JSON arrays.
final class JsonLinesWriter {
    private JsonLinesWriter() {}

    static byte[] write(Table<?> table, CampaignData data) {
        var lines = new StringBuilder();
        for (var row : table.values(data)) {
            var object = JsonNodeFactory.instance.objectNode();
            for (var i = 0; i < row.size(); i++)
                put(object, table.columns().get(i).name(), row.get(i));
            lines.append(object).append('\n');
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void put(ObjectNode object, String name, @Nullable Object value) {
        switch (value) {
            case null -> object.putNull(name);
            case Long number -> object.put(name, number);
            case Double number -> object.put(name, number);
            case Boolean flag -> object.put(name, flag);
            case List<?> list -> {
                var items = object.putArray(name);
                for (var item : list) {
                    if (item instanceof Long number) items.add(number);
                    else items.add(String.valueOf(item));
                }
            }
            default -> object.put(name, value.toString());
        }
    }
}
