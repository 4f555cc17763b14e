package org.undersigned.server.http;

import io.helidon.http.HeaderName;
import io.helidon.webserver.http.ServerRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// What a client prefers, as its `Accept-Language` or `Accept-Encoding` says (RFC 9110 §12.4.2).
public final class Preferences {
    private static final int MOST_READ = 32;
    private static final int THOUSAND = 1000;

    private record Range(String value, int weight) {}

    private Preferences() {}

    /// As all lines of a request's header say.
    public static List<String> of(ServerRequest request, HeaderName name) {
        return of(Lists.of(request, name));
    }

    /// The ranges in order of preference, in lower case and without parameters; those of weight 0 left out. What is
    /// not well-formed weighs nothing, and of a list only the first 32 are read.
    static List<String> of(String header) {
        var ranges = new ArrayList<Range>();
        for (var part : header.split(",", MOST_READ + 1)) {
            if (ranges.size() == MOST_READ) break;
            var pieces = part.split(";", MOST_READ);
            ranges.add(new Range(pieces[0].strip().toLowerCase(Locale.ROOT), weight(pieces)));
        }
        return ranges.stream()
                .filter(range -> range.weight() > 0 && !range.value().isEmpty())
                .sorted(Comparator.comparingInt(Range::weight).reversed()) // stable: the list's order among equals
                .map(Range::value)
                .toList();
    }

    /// In thousandths: RFC 9110 allows three digits.
    private static int weight(String[] pieces) {
        for (var i = 1; i < pieces.length; i++) {
            var parameter = pieces[i].strip().toLowerCase(Locale.ROOT);
            if (!parameter.startsWith("q=")) continue;
            var q = parameter.substring(2);
            if (!q.matches("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?")) return 0;
            return (int) Math.round(Double.parseDouble(q) * THOUSAND);
        }
        return THOUSAND;
    }
}
