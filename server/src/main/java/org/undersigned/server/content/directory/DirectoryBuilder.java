package org.undersigned.server.content.directory;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Institutions joined with the domains of their members' mail. The header file knows only web pages, the list only
/// mail, so they are joined where they meet:
///
/// 1. the listed domain that is the web host, or else the nearest one above it: `newark.rutgers.edu` has the mail
///    of `rutgers.edu` unless the list knows better;
/// 2. with it whatever else its entry lists;
/// 3. if there is none, the listed domains below the web host: `student.purdueglobal.edu`.
///
/// Whoever shares a domain is one institution when rolls are made; the directory keeps each campus by itself.
record DirectoryBuilder(
        List<Entry> entries, int withDomain, int closed, int sharing, int sharedDomains, int unmatched) {

    /// An institution and its members' mail, sorted.
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
        for (var domain : web.andAbove()) {
            var found = together.get(domain);
            if (found != null) return found;
        }
        return below.getOrDefault(web, Set.of());
    }

    /// Listed domains by the nearest web host above them.
    private static Map<MailDomain, Set<MailDomain>> below(
            Collection<MailDomain> listed, List<Institution> institutions) {
        var webs = new HashSet<MailDomain>();
        for (var institution : institutions) {
            var web = institution.facts().web();
            if (web != null) webs.add(web);
        }
        var below = new HashMap<MailDomain, Set<MailDomain>>();
        for (var domain : listed) {
            domain.andAbove().stream()
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
