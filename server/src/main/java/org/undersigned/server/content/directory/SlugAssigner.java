package org.undersigned.server.content.directory;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Assigns each institution its name in URLs: `tufts-university`. Two institutions of the same name in different
/// states become `trinity-college-ct` and `trinity-college-vt`; two in one state get their federal numbers. The
/// result does not depend on the order of the file, and a name assigned before never changes.
final class SlugAssigner {
    private static final int LONGEST = 80;

    private final Map<Integer, String> given;
    private final Set<String> taken;

    /// @param given slugs by federal number, from earlier imports
    /// @param taken every slug in use, including those of places without a federal number
    SlugAssigner(Map<Integer, String> given, Set<String> taken) {
        this.given = given;
        this.taken = taken;
    }

    /// Returns the slugs by federal number.
    Map<Integer, String> assign(List<Institution> institutions) {
        var slugs = new HashMap<Integer, String>();
        var fresh = institutions.stream()
                .filter(one -> !given.containsKey(one.unitid()))
                .toList();
        for (var one : institutions) {
            var known = given.get(one.unitid());
            if (known != null) slugs.put(one.unitid(), known);
        }
        var used = new HashSet<>(taken);
        for (var form : List.<Function<Institution, String>>of(
                SlugAssigner::plain, SlugAssigner::withState, SlugAssigner::withNumber)) {
            var wanted = new HashMap<String, Integer>();
            for (var one : fresh) wanted.merge(form.apply(one), 1, Integer::sum);
            var unique = fresh.stream()
                    .filter(one -> !slugs.containsKey(one.unitid()))
                    .filter(one -> wanted.getOrDefault(form.apply(one), 0) == 1)
                    .filter(one -> !used.contains(form.apply(one)))
                    .toList();
            for (var one : unique) {
                slugs.put(one.unitid(), form.apply(one));
                used.add(form.apply(one));
            }
        }
        if (slugs.size() != institutions.size())
            throw new IllegalStateException("no unique name in URLs for an institution");
        return slugs;
    }

    private static String plain(Institution one) {
        var words = SearchWords.of(one.facts().name()).replace(' ', '-');
        var slug =
                words.length() <= LONGEST ? words : words.substring(0, LONGEST).replaceFirst("-[^-]*$", "");
        return slug.isEmpty() ? "campus" : slug;
    }

    private static String withState(Institution one) {
        return plain(one) + "-" + one.facts().state().toLowerCase(Locale.ROOT);
    }

    private static String withNumber(Institution one) {
        return plain(one) + "-" + one.unitid();
    }
}
