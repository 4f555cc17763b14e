package org.undersigned.server.count.roll;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Which addresses belong to a campus (PROTOCOL §4).
///
/// @param domains         mail domains at which the same name is the same person
/// @param separateDomains mail domains at which the same name is another person, each for itself
/// @param folds           what does not count in a name, sorted: always [#CASE] and [#PLUS_TAG]
public record MemberRules(List<String> domains, List<String> separateDomains, Set<String> folds) {
    /// Capitals.
    static final String CASE = "case";
    /// Everything after a plus.
    static final String PLUS_TAG = "plus-tag";
    /// Everything after a hyphen.
    static final String HYPHEN_TAG = "hyphen-tag";
    /// Dots.
    static final String DOTS = "dots";

    public MemberRules {
        domains = List.copyOf(domains);
        separateDomains = List.copyOf(separateDomains);
        var all = new TreeSet<>(folds);
        all.addAll(List.of(CASE, PLUS_TAG));
        folds = Set.copyOf(all);
    }

    /// A campus that takes part in a campaign.
    public record Enrolment(String campus, MemberRules rules, String campaign) {}
}
