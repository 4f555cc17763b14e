package org.undersigned.server.content.document;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// A JSON value with its line and column in the document.
sealed interface LocatedJson {
    int line();

    int column();

    /// @param members in the document's order
    record Object(int line, int column, Map<String, LocatedJson> members) implements LocatedJson {}

    record Array(int line, int column, List<LocatedJson> items) implements LocatedJson {}

    record Text(int line, int column, String value) implements LocatedJson {}

    record Number(int line, int column, double value) implements LocatedJson {
        boolean isWhole() {
            return value == Math.rint(value) && Math.abs(value) < 1e15;
        }
    }

    record Bool(int line, int column, boolean value) implements LocatedJson {}

    record Null(int line, int column) implements LocatedJson {}

    /// Maximum characters of a document.
    int MAX_LENGTH = 4_000_000;

    /// @throws InvalidDocument if it is not one JSON value, contains a name twice, or is too long or nested too
    ///     deeply
    static LocatedJson parse(String document) {
        if (document.length() > MAX_LENGTH) {
            throw new InvalidDocument(1, 1, "longer than " + MAX_LENGTH + " characters");
        }
        var constraints = StreamReadConstraints.builder()
                .maxNestingDepth(20)
                .maxStringLength(100_000)
                .build();
        var factory = JsonFactory.builder().streamReadConstraints(constraints).build();
        try (var parser =
                factory.createParser(tools.jackson.core.ObjectReadContext.empty(), new StringReader(document))) {
            return parse(parser);
        }
    }

    private static LocatedJson parse(JsonParser parser) {
        try {
            parser.nextToken();
            var node = value(parser);
            if (parser.nextToken() != null) throw wrong(parser.currentTokenLocation(), "more than one value");
            return node;
        } catch (JacksonException e) {
            // Jackson gives no location if a limit is exceeded (for example, a number that is too long)
            var at = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
            throw wrong(at, "not JSON: " + plain(e));
        }
    }

    /// The parser's message without its location, which the caller adds in our own format.
    private static String plain(JacksonException e) {
        return e.getOriginalMessage().lines().findFirst().orElse("").replaceFirst("\\s*\\([^()]*\\[Source.*", "");
    }

    private static InvalidDocument wrong(TokenStreamLocation at, String what) {
        return new InvalidDocument(Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()), what);
    }

    private static LocatedJson value(JsonParser parser) {
        var at = parser.currentTokenLocation();
        var line = Math.max(1, at.getLineNr());
        var column = Math.max(1, at.getColumnNr());
        return switch (parser.currentToken()) {
            case START_OBJECT -> new Object(line, column, members(parser));
            case START_ARRAY -> new Array(line, column, items(parser));
            case VALUE_STRING -> new Text(line, column, parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Number(line, column, parser.getDoubleValue());
            case VALUE_TRUE, VALUE_FALSE -> new Bool(line, column, parser.getBooleanValue());
            case VALUE_NULL -> new Null(line, column);
            case null -> throw new InvalidDocument(line, column, "empty");
            default -> throw new InvalidDocument(line, column, "not a value");
        };
    }

    private static Map<String, LocatedJson> members(JsonParser parser) {
        var members = new LinkedHashMap<String, LocatedJson>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            var at = parser.currentTokenLocation();
            parser.nextToken();
            if (members.put(name, value(parser)) != null) throw wrong(at, "\"" + name + "\" appears twice");
        }
        return members;
    }

    private static List<LocatedJson> items(JsonParser parser) {
        var items = new ArrayList<LocatedJson>();
        while (parser.nextToken() != JsonToken.END_ARRAY) items.add(value(parser));
        return items;
    }
}
