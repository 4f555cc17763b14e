package org.undersigned.server.content.coverage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Who says a number after whom: the reporter first, then whom the reporter cites, and so on to whoever
/// cites nobody. Three stories that end at one voice are one source.
///
/// @param voices   one or more, as first written, none twice
/// @param circular the last cites one of the others: nobody in it is known to have counted
public record CitationChain(List<String> voices, boolean circular) {
    /// "`reporter` cites `cited`"
    public record Citation(String reporter, String cited) {}

    /// Claims that rest on one voice.
    ///
    /// @param voice  the origin; of a circle, the first of its voices in alphabetical order
    /// @param claims in the order given
    public record Origin(String voice, boolean circular, List<Claim> claims) {
        public Origin {
            claims = List.copyOf(claims);
        }

        /// Distinct reporters who repeat this one voice.
        public int reporters() {
            return (int) claims.stream()
                    .map(claim -> key(claim.reporter()))
                    .distinct()
                    .count();
        }
    }

    public CitationChain {
        voices = List.copyOf(voices);
        if (voices.isEmpty()) throw new IllegalArgumentException("a chain has a reporter");
        if (voices.stream().map(CitationChain::key).distinct().count() != voices.size())
            throw new IllegalArgumentException("a voice is there twice");
    }

    public String reporter() {
        return voices.getFirst();
    }

    /// Whoever is cited and cites nobody; of a circle, nobody.
    public @Nullable String origin() {
        return circular ? null : voices.getLast();
    }

    /// The chain of one claim. Beyond whom it cites itself, it is followed through `known`, and ends at a
    /// voice that cites nobody, or several: which of them the number came from cannot be told.
    public static CitationChain of(Claim claim, Collection<Citation> known) {
        var voices = new LinkedHashMap<String, String>(); // by key, as first written
        voices.put(key(claim.reporter()), claim.reporter());
        var next = claim.cites();
        while (next != null) {
            if (voices.putIfAbsent(key(next), next) != null)
                return new CitationChain(List.copyOf(voices.values()), true);
            next = onlyCitedBy(next, known);
        }
        return new CitationChain(List.copyOf(voices.values()), false);
    }

    private static @Nullable String onlyCitedBy(String voice, Collection<Citation> known) {
        var cited = new LinkedHashMap<String, String>();
        for (var citation : known) {
            if (key(citation.reporter()).equals(key(voice))) cited.putIfAbsent(key(citation.cited()), citation.cited());
        }
        return cited.size() == 1 ? cited.values().iterator().next() : null;
    }

    /// The claims grouped by whom they rest on, in the order of each group's first claim. Give it claims
    /// that are comparable: who cites whom for one figure says nothing about another.
    public static List<Origin> origins(List<Claim> claims) {
        var known = claims.stream().flatMap(Claim::citation).toList();
        Map<String, Origin> origins = new LinkedHashMap<>();
        for (var claim : claims) {
            var chain = of(claim, known);
            var origin = chain.origin();
            var voice = origin == null ? chain.firstOfCircle(known) : origin;
            var alone = new Origin(voice, chain.circular(), List.of(claim));
            origins.merge(key(voice), alone, (before, more) -> {
                var both = new ArrayList<>(before.claims());
                both.addAll(more.claims());
                return new Origin(before.voice(), before.circular() || more.circular(), both);
            });
        }
        return List.copyOf(origins.values());
    }

    /// A circle may be entered from anywhere; its name must not depend on where.
    private String firstOfCircle(Collection<Citation> known) {
        var entered = onlyCitedBy(voices.getLast(), known);
        var keys = voices.stream().map(CitationChain::key).toList();
        // a claim that cites its own reporter is a circle of one, which `known` may not show
        var from = entered == null ? keys.size() - 1 : Math.max(0, keys.indexOf(key(entered)));
        var circle = new TreeSet<>(keys.subList(from, keys.size()));
        return voices.get(keys.indexOf(circle.first()));
    }

    /// Names that differ in case or spaces only are one voice; nothing else is guessed.
    private static String key(String voice) {
        return voice.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
