package org.undersigned.server.platform.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Optional;

/// Parses what a client prefers according to its `Accept`, `Accept-Language` or `Accept-Encoding` (RFC 9110
/// §12.4.2).
public final class AcceptHeaders {
    private static final int MOST_READ = 32;
    private static final int THOUSAND = 1000;

    private record Range(String value, int weight) {}

    private AcceptHeaders() {}

    /// Like [#of(String)], for all lines of a request's header.
    public static List<String> of(ServerRequest request, HeaderName name) {
        return of(HeaderLists.of(request, name));
    }

    /// The ranges in order of preference, in lower case and without parameters. Ranges of weight 0 are left out.
    static List<String> of(String header) {
        return ranges(header).stream()
                .filter(range -> range.weight() > 0)
                .sorted(Comparator.comparingInt(Range::weight).reversed()) // stable: equal weights stay in order
                .map(Range::value)
                .toList();
    }

    /// The one of `offered` that a request's `Accept-Language` prefers; empty if it accepts none of them or is
    /// malformed.
    public static Optional<String> language(ServerRequest request, List<String> offered) {
        return language(HeaderLists.of(request, HeaderNames.ACCEPT_LANGUAGE), offered);
    }

    /// RFC 9110 §12.5.4. A range such as `es-MX` stands for its language; `*` for every language without a range.
    static Optional<String> language(String header, List<String> offered) {
        try {
            var ranges = LanguageRange.parse(header); // sorted by weight; those of equal weight stay in order
            return ranges.stream()
                    .filter(range -> range.getWeight() > 0)
                    .flatMap(range -> offered.stream()
                            .filter(language -> isNamed(language, range)
                                    || (range.getRange().equals("*")
                                            && ranges.stream().noneMatch(other -> isNamed(language, other))))
                            .limit(1))
                    .findFirst();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isNamed(String language, LanguageRange range) {
        return range.getRange().split("-", 2)[0].equals(language);
    }

    /// The ranges in the list's order. A malformed weight counts as 0. Only the first 32 ranges are read.
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

    /// The weight in thousandths: RFC 9110 allows three digits.
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
