package org.undersigned.server.content.directory;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Institutions joined with the mail domains of their members. The header file has only web addresses and the list
/// has only mail domains, so they are joined on the domain name:
///
/// 1. the listed domain that equals the web host, or else the nearest listed domain above it: `newark.rutgers.edu`
///    gets the mail domain `rutgers.edu` if the list has no entry of its own for it;
/// 2. together with all other domains of the same list entry;
/// 3. if there is no such domain, the listed domains below the web host: `student.purdueglobal.edu`.
///
/// Institutions that share a domain are one institution when rolls are made; the directory has one entry for each
/// campus.
record DirectoryBuilder(
        List<Entry> entries, int withDomain, int closed, int sharing, int sharedDomains, int unmatched) {

    /// An institution and the mail domains of its members, sorted.
    record Entry(Institution institution, List<MailDomain> domains) {}

    static DirectoryBuilder join(List<Institution> institutions, List<MailDomainList.Listed> list) {
        var together = new HashMap<MailDomain, Set<MailDomain>>();
        for (var listed : list) {
            for (var domain : listed.domains()) {
                together.computeIfAbsent(domain, _ -> new TreeSet<>()).addAll(listed.domains());
            }
        }
        var below = below(together.keySet(), institutions);
        var entries = institutions.stream()
                .map(institution -> new Entry(institution, List.copyOf(domains(institution, together, below))))
                .toList();
        return count(entries, list);
    }

    private static Set<MailDomain> domains(
            Institution institution,
            Map<MailDomain, Set<MailDomain>> together,
            Map<MailDomain, Set<MailDomain>> below) {
        var web = institution.facts().web();
        if (web == null) return Set.of();
        for (var domain : web.withParents()) {
            var found = together.get(domain);
            if (found != null) return found;
        }
        return below.getOrDefault(web, Set.of());
    }

    /// Maps each web host to the listed domains for which it is the nearest web host above.
    private static Map<MailDomain, Set<MailDomain>> below(
            Collection<MailDomain> listed, List<Institution> institutions) {
        var webs = new HashSet<MailDomain>();
        for (var institution : institutions) {
            var web = institution.facts().web();
            if (web != null) webs.add(web);
        }
        var below = new HashMap<MailDomain, Set<MailDomain>>();
        for (var domain : listed) {
            domain.withParents().stream()
                    .skip(1)
                    .filter(webs::contains)
                    .findFirst()
                    .ifPresent(web ->
                            below.computeIfAbsent(web, _ -> new TreeSet<>()).add(domain));
        }
        return below;
    }

    private static DirectoryBuilder count(List<Entry> entries, List<MailDomainList.Listed> list) {
        var campuses = new HashMap<MailDomain, Integer>();
        for (var entry : entries) entry.domains().forEach(domain -> campuses.merge(domain, 1, Integer::sum));
        var shared = new HashSet<MailDomain>();
        campuses.forEach((domain, count) -> {
            if (count > 1) shared.add(domain);
        });
        return new DirectoryBuilder(
                entries,
                Math.toIntExact(entries.stream()
                        .filter(entry -> !entry.domains().isEmpty())
                        .count()),
                Math.toIntExact(entries.stream()
                        .filter(entry -> entry.institution().facts().closed())
                        .count()),
                Math.toIntExact(entries.stream()
                        .filter(entry -> entry.domains().stream().anyMatch(shared::contains))
                        .count()),
                shared.size(),
                Math.toIntExact(list.stream()
                        .filter(listed -> listed.domains().stream().noneMatch(campuses::containsKey))
                        .count()));
    }
}
