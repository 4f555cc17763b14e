package org.undersigned.server.count.roll;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.undersigned.record.Identity;

/// Which addresses belong to a campus (PROTOCOL §4).
///
/// @param domains         mail domains at which the same name is the same person
/// @param separateDomains mail domains at which the same name is another person, each for itself
/// @param folds           what does not count in a name, sorted: always case and `+tag` ([Identity])
public record MemberRules(List<String> domains, List<String> separateDomains, Set<String> folds) {
    public MemberRules {
        domains = List.copyOf(domains);
        separateDomains = List.copyOf(separateDomains);
        var all = new TreeSet<>(folds);
        all.addAll(List.of(Identity.CASE, Identity.PLUS_TAG));
        folds = Set.copyOf(all);
    }

    /// A campus that takes part in a campaign.
    public record Enrolment(String campus, MemberRules rules, String campaign) {}
}
