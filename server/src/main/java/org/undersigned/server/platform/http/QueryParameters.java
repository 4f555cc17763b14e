package org.undersigned.server.platform.http;

import io.helidon.webserver.http.ServerRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The query parameters of a request. A parameter that is unknown, empty, repeated or out of bounds is refused, and
/// the problem names it: if a typing mistake were ignored, the client would get the response to a different
/// request.
public final class QueryParameters {
    private static final int LONGEST = 300; // characters of a value
    private static final int LONGEST_NAME = 64; // characters of a name that the problem repeats

    private final Map<String, String> values = new HashMap<>();

    private QueryParameters() {}

    /// @throws Problem 400 naming the parameter
    public static QueryParameters of(ServerRequest request, Set<String> known) {
        var parameters = new QueryParameters();
        var query = request.query();
        for (var name : query.names()) {
            if (!known.contains(name)) throw Problem.malformed(shortened(name), unknown(known));
            var all = query.all(name);
            if (all.size() != 1) throw Problem.malformed(name, "Give this parameter once.");
            var value = all.getFirst();
            if (value.isEmpty() || value.length() > LONGEST) {
                throw Problem.malformed(name, "This must be 1 to " + LONGEST + " characters.");
            }
            parameters.values.put(name, value);
        }
        return parameters;
    }

    private static String shortened(String name) {
        return name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }

    private static String unknown(Set<String> known) {
        if (known.isEmpty()) return "This address takes no parameters.";
        return "This parameter is unknown. The known parameters are: "
                + String.join(", ", known.stream().sorted().toList());
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /// Reads a whole number without sign, blanks or leading zeros; returns `otherwise` if the parameter is absent.
    ///
    /// @throws Problem 400 if the value is not such a number, or not from `least` to `most`
    public int number(String name, int least, int most, int otherwise) {
        var value = values.get(name);
        if (value == null) return otherwise;
        if (value.matches("0|[1-9][0-9]{0,8}")) {
            var number = Integer.parseInt(value);
            if (number >= least && number <= most) return number;
        }
        throw Problem.malformed(name, "This must be a whole number from " + least + " to " + most + ".");
    }
}
