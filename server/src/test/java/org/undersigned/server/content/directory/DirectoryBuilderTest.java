package org.undersigned.server.content.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Campuses get the mail domains of their members and their names in URLs.
final class DirectoryBuilderTest {
    private static Institution institution(int unitid, String name, @Nullable String web) {
        return institution(unitid, name, "MA", web);
    }

    private static Institution institution(int unitid, String name, String state, @Nullable String web) {
        var domain = web == null ? null : MailDomain.of(web);
        return new Institution(
                unitid,
                new InstitutionFacts(
                        name, List.of(), "City", state, "02155", null, null, null, null, null, domain, false, null));
    }

    private static MailDomainList.Listed listed(String... domains) {
        var set = new TreeSet<MailDomain>();
        Arrays.stream(domains).map(MailDomain::of).forEach(set::add);
        return new MailDomainList.Listed(domains[0], set);
    }

    private static List<String> domains(DirectoryBuilder directory, int index) {
        return directory.entries().get(index).domains().stream()
                .map(MailDomain::value)
                .toList();
    }

    @Test
    void oneDomainIsSharedByTheCampusesOfOneInstitution() {
        var directory = DirectoryBuilder.join(
                List.of(
                        institution(1, "Rutgers University-New Brunswick", "newbrunswick.rutgers.edu"),
                        institution(2, "Rutgers University-Camden", "camden.rutgers.edu"),
                        institution(3, "Rutgers University-Newark", "rutgers.edu"),
                        institution(4, "Tufts University", "tufts.edu"),
                        institution(5, "Nowhere", null),
                        institution(6, "Notrutgers", "notrutgers.edu")),
                List.of(listed("rutgers.edu"), listed("tufts.edu"), listed("unknown.edu")));

        for (var index = 0; index < 3; index++)
            assertThat(domains(directory, index)).containsExactly("rutgers.edu");
        assertThat(domains(directory, 4)).isEmpty();
        assertThat(domains(directory, 5)).isEmpty();
        assertThat(directory.withDomain()).isEqualTo(4);
        assertThat(directory.sharing()).isEqualTo(3);
        assertThat(directory.sharedDomains()).isEqualTo(1);
        assertThat(directory.unmatched()).isEqualTo(1);
    }

    @Test
    void theNearestListedDomainWins() {
        var directory = DirectoryBuilder.join(
                List.of(institution(1, "Pitt", "pitt.edu"), institution(2, "Pitt-Bradford", "www2.upb.pitt.edu")),
                List.of(listed("pitt.edu"), listed("upb.pitt.edu", "bradford.edu")));

        assertThat(domains(directory, 0)).containsExactly("pitt.edu");
        assertThat(domains(directory, 1)).containsExactly("bradford.edu", "upb.pitt.edu");
        assertThat(directory.sharing()).isZero();
    }

    @Test
    void mailBelowTheWebHostIsFoundWhenNothingElseIs() {
        var directory = DirectoryBuilder.join(
                List.of(institution(1, "Global", "purdueglobal.edu"), institution(2, "Colorado", "colorado.edu")),
                List.of(listed("student.purdueglobal.edu"), listed("colorado.edu"), listed("hsc.colorado.edu")));

        assertThat(domains(directory, 0)).containsExactly("student.purdueglobal.edu");
        assertThat(domains(directory, 1)).containsExactly("colorado.edu");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"edu", "us", "ca.us", "k12.ca.us", "cc.ga.us", "pvt.k12.ma.us", "ac.uk", "edu.pr", "k12.us"})
    void aSuffixIsNobodysDomain(String suffix) {
        assertThatThrownBy(() -> MailDomain.of(suffix)).hasMessageContaining("anyone can register a name");
        assertThat(MailDomain.ofWeb("https://www." + suffix + "/")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.Rutgers.edu/about?x=1#y, rutgers.edu",
        "rutgers.edu, rutgers.edu",
        "http://newark.rutgers.edu:8080, newark.rutgers.edu",
        "HTTPS://WWW.gmc.cc.ga.us./, gmc.cc.ga.us",
        "lincoln.k12.ca.us, lincoln.k12.ca.us",
        "www.edu.example, edu.example",
        "https://bücher.edu, xn--bcher-kva.edu",
    })
    void aWebAddressHasAHost(String address, String host) {
        assertThat(MailDomain.ofWeb(address)).contains(new MailDomain(host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "https://", "college", "a..edu", "-a.edu", "a_b.edu", "10.0.0.1", "me@a.edu", "a b.edu"})
    void anAddressWithoutAHostGivesNoDomain(String address) {
        assertThat(MailDomain.ofWeb(address)).isEmpty();
    }

    @Test
    void whatIsAboveADomainEndsBeforeTheSuffix() {
        assertThat(MailDomain.of("a.lincoln.k12.ca.us").withParents())
                .containsExactly(MailDomain.of("a.lincoln.k12.ca.us"), MailDomain.of("lincoln.k12.ca.us"));
    }

    @Test
    void namesInUrlsAreReadableUniqueAndIndependentOfTheOrder() {
        var institutions = List.of(
                institution(1, "Tufts University", null),
                institution(2, "Trinity College", "CT", null),
                institution(3, "Trinity College", "VT", null),
                institution(4, "Texas A & M", "TX", null),
                institution(5, "Beauty School", "PR", null),
                institution(6, "Beauty School", "PR", null),
                institution(7, "Universidad de Bayamón", "PR", null),
                institution(8, "学校", "NY", null),
                institution(9, "Trinity College-CT", "CT", null),
                institution(10, "St. John's", "NY", null));
        var slugs = new SlugAssigner(Map.of(), Set.of()).assign(institutions);

        assertThat(slugs.values())
                .containsExactlyInAnyOrder(
                        "tufts-university",
                        "trinity-college-2",
                        "trinity-college-vt",
                        "texas-a-and-m",
                        "beauty-school-5",
                        "beauty-school-6",
                        "universidad-de-bayamon",
                        "campus",
                        "trinity-college-ct",
                        "st-johns");
        assertThat(new SlugAssigner(Map.of(), Set.of()).assign(institutions.reversed()))
                .isEqualTo(slugs);
    }

    @Test
    void aNameInUrlsIsNeverTakenAway() {
        var renamed = institution(1, "Tufts", null);
        var rival = institution(2, "Tufts University", null);

        assertThat(new SlugAssigner(Map.of(1, "tufts-university"), Set.of("tufts-university"))
                        .assign(List.of(rival, renamed)))
                .isEqualTo(Map.of(1, "tufts-university", 2, "tufts-university-ma"));
    }

    @Test
    void aNameInUrlsIsOfBoundedLengthAndEndsWithAWord() {
        var long_ = institution(1, "The Very Long University ".repeat(20), null);

        assertThat(new SlugAssigner(Map.of(), Set.of()).assign(List.of(long_)).get(1))
                .hasSizeLessThanOrEqualTo(80)
                .endsWith("-the-very-long-university-the");
    }
}
