package org.undersigned.server.platform.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/// What a client prefers, as its `Accept`, `Accept-Language` or `Accept-Encoding` says (RFC 9110 §12.4.2).
public final class AcceptHeaders {
    private static final int MOST_READ = 32;
    private static final int THOUSAND = 1000;

    private record Range(String value, int weight) {}

    private AcceptHeaders() {}

    /// As all lines of a request's header say.
    public static List<String> of(ServerRequest request, HeaderName name) {
        return of(HeaderLists.of(request, name));
    }

    /// The ranges in order of preference, in lower case and without parameters; those of weight 0 left out.
    static List<String> of(String header) {
        return ranges(header).stream()
                .filter(range -> range.weight() > 0)
                .sorted(Comparator.comparingInt(Range::weight).reversed()) // stable: the list's order among equals
                .map(Range::value)
                .toList();
    }

    /// The one of these languages that a request's `Accept-Language` prefers; empty if it wants none of them.
    public static Optional<String> language(ServerRequest request, List<String> offered) {
        return language(HeaderLists.of(request, HeaderNames.ACCEPT_LANGUAGE), offered);
    }

    /// RFC 9110 §12.5.4: `*` is every language that no other range names.
    static Optional<String> language(String header, List<String> offered) {
        var ranges = ranges(header);
        return offered.stream()
                .flatMap(language -> best(ranges, language).stream())
                .filter(found -> found.range().weight() > 0)
                .min(Comparator.<Found>comparingInt(found -> -found.range().weight())
                        .thenComparingInt(found -> ranges.indexOf(found.range())))
                .map(Found::language);
    }

    private record Found(String language, Range range) {}

    private static Optional<Found> best(List<Range> ranges, String language) {
        Predicate<Range> names = range -> range.value().split("-", 2)[0].equals(language);
        Predicate<Range> any = range -> range.value().equals("*");
        return ranges.stream()
                .filter(ranges.stream().anyMatch(names) ? names : any)
                .max(Comparator.comparingInt(Range::weight))
                .map(range -> new Found(language, range));
    }

    /// In the list's order. What is not well-formed weighs nothing, and of a list only the first 32 are read.
    private static List<Range> ranges(String header) {
        var ranges = new ArrayList<Range>();
        for (var part : header.split(",", MOST_READ + 1)) {
            if (ranges.size() == MOST_READ) break;
            var pieces = part.split(";", MOST_READ);
            var value = pieces[0].strip().toLowerCase(Locale.ROOT);
            if (!value.isEmpty()) ranges.add(new Range(value, weight(pieces)));
        }
        return ranges;
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
