package org.undersigned.server.content.coverage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The chain of voices behind a number: first the reporter, then the voice that the reporter cites, and so on to a
/// voice that cites nobody. Three stories whose chains end at the same voice are one source.
///
/// @param voices   one or more, without duplicates, each in its first spelling
/// @param circular true if the last voice cites a voice of this chain: then no voice is known to have counted
public record CitationChain(List<String> voices, boolean circular) {
    /// "`reporter` cites `cited`"
    public record Citation(String reporter, String cited) {}

    /// Claims whose chains end at the same voice.
    ///
    /// @param voice  the origin; of a circle, the first of its voices in alphabetical order
    /// @param claims in the order given
    public record Origin(String voice, boolean circular, List<Claim> claims) {
        public Origin {
            claims = List.copyOf(claims);
        }

        /// The number of distinct reporters that repeat this voice.
        public int reporters() {
            return (int) claims.stream()
                    .map(claim -> key(claim.reporter()))
                    .distinct()
                    .count();
        }
    }

    public CitationChain {
        voices = List.copyOf(voices);
        if (voices.isEmpty()) throw new IllegalArgumentException("a chain must have a reporter");
        if (voices.stream().map(CitationChain::key).distinct().count() != voices.size())
            throw new IllegalArgumentException("a voice appears twice");
    }

    public String reporter() {
        return voices.getFirst();
    }

    /// The last voice; null for a circle.
    public @Nullable String origin() {
        return circular ? null : voices.getLast();
    }

    /// Builds the chain of one claim. The first step is the citation of the claim; further steps come from `known`.
    /// The chain ends at a voice that cites nobody or cites several voices: then nothing shows which of them the
    /// number comes from.
    public static CitationChain of(Claim claim, Collection<Citation> known) {
        var voices = new LinkedHashMap<String, String>(); // by key, in the first spelling
        voices.put(key(claim.reporter()), claim.reporter());
        var next = claim.cites();
        while (next != null) {
            if (voices.putIfAbsent(key(next), next) != null)
                return new CitationChain(List.copyOf(voices.values()), true);
            next = soleCitation(next, known);
        }
        return new CitationChain(List.copyOf(voices.values()), false);
    }

    private static @Nullable String soleCitation(String voice, Collection<Citation> known) {
        var cited = new LinkedHashMap<String, String>();
        for (var citation : known) {
            if (key(citation.reporter()).equals(key(voice))) cited.putIfAbsent(key(citation.cited()), citation.cited());
        }
        return cited.size() == 1 ? cited.values().iterator().next() : null;
    }

    /// Groups the claims by origin, in the order of each group's first claim. The claims must be comparable,
    /// because a citation for one figure proves nothing about another figure.
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

    /// Returns the first voice of the circle in alphabetical order. A chain can enter the circle at any voice, and
    /// the name of the circle must not depend on that.
    private String firstOfCircle(Collection<Citation> known) {
        var entered = soleCitation(voices.getLast(), known);
        var keys = voices.stream().map(CitationChain::key).toList();
        // a claim that cites its own reporter is a circle of one voice; `known` may lack that citation
        var from = entered == null ? keys.size() - 1 : Math.max(0, keys.indexOf(key(entered)));
        var circle = new TreeSet<>(keys.subList(from, keys.size()));
        return voices.get(keys.indexOf(circle.first()));
    }

    /// Returns the key by which voices are compared. Names that differ only in case or spaces are the same voice;
    /// all other differences make different voices.
    private static String key(String voice) {
        return voice.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
