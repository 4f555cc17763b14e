package org.undersigned.server.site;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Which parts of a class are hidden, so that no number under [BoxCounts#SMALLEST_SHOWN] can be worked out, not
/// even as one of several without knowing whose, and not even by who knows this rule.
///
/// A reader knows how many parts are hidden, what they come to (the class's number less the parts told), and that
/// each is less than the smallest part told. So the smallest parts are hidden, from the least on, until
///
/// 1. every small one is among them, and all that are as large as the largest of them;
/// 2. they come to no small number; and
/// 3. no small number is in every set of numbers that the reader must hold possible: as many, coming to as much,
///    each less than the smallest told, for which the rule would not have ended before.
///
/// Where it ends depends only on what is told then, so whoever follows the rule backwards finds just those sets. If
/// it never ends, all are hidden.
final class Suppression {
    /// Sets looked at in one search. If none of them does, more is hidden, which a reader who follows the rule
    /// does too.
    private static final int MOST_SETS = 500;

    /// Whether it could end where so many parts come to so much, and the next is so large.
    private record Place(int parts, long together, long next) {}

    private final Map<Place, Boolean> ends = new HashMap<>();

    private Suppression() {}

    /// @param counts of the parts, each at least 0, in any order
    /// @return the largest number that is hidden, and whatever is less with it; -1 if none is
    static long of(long... counts) {
        var sorted = counts.clone();
        Arrays.sort(sorted);
        if (sorted.length == 0 || BoxCounts.isShown(sorted[0])) return -1;
        return sorted[new Suppression().end(sorted) - 1];
    }

    /// How many of the smallest parts are hidden.
    private int end(long[] sorted) {
        var together = 0L;
        for (var parts = 1; parts < sorted.length; parts++) {
            together += sorted[parts - 1];
            var next = sorted[parts];
            var boundary = BoxCounts.isShown(next) && next > sorted[parts - 1];
            if (boundary && mayEnd(new Place(parts, together, next))) return parts;
        }
        return sorted.length;
    }

    private boolean mayEnd(Place place) {
        if (!BoxCounts.isShown(place.together())) return false;
        var known = ends.get(place);
        if (known == null) {
            known = ends(place);
            ends.put(place, known);
        }
        return known;
    }

    /// Whether some set is possible, and for each of its small numbers one without it.
    private boolean ends(Place place) {
        var some = possible(place, 0);
        return some != null
                && LongStream.of(some)
                        .filter(one -> !BoxCounts.isShown(one))
                        .distinct()
                        .allMatch(one -> possible(place, one) != null);
    }

    /// A set of numbers that is possible and does not have `without`; null if none is found.
    private long @Nullable [] possible(Place place, long without) {
        var search = new Search(place, without);
        return search.fill(0, 1, place.together()) ? search.set : null;
    }

    private final class Search {
        private final Place place;
        private final long without;
        private final long[] set;
        private int looked;

        Search(Place place, long without) {
            this.place = place;
            this.without = without;
            this.set = new long[place.parts()];
        }

        /// Numbers in order, from the least on.
        ///
        /// @param least that the number at `at` may be
        /// @param rest  that it and those after it come to
        boolean fill(int at, long least, long rest) {
            var others = set.length - at - 1;
            if (others == 0) {
                set[at] = rest;
                return rest >= least && rest < place.next() && rest != without && isPossible();
            }
            var enough = rest - (place.next() - 1) * others; // with less the others cannot come to the rest
            for (var value = Math.max(least, enough); value * (others + 1) <= rest; value++) {
                if (looked > MOST_SETS) return false;
                if (value == without) continue;
                set[at] = value;
                if (fill(at + 1, value, rest - value)) return true;
            }
            return false;
        }

        /// If none were small, none would be hidden; and the rule must not have ended before.
        private boolean isPossible() {
            looked++;
            return !BoxCounts.isShown(set[0]) && end(set) == set.length;
        }
    }
}
