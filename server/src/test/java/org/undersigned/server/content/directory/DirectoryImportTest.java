package org.undersigned.server.content.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.undersigned.server.content.directory.DirectoryFiles.HEADER;
import static org.undersigned.server.content.directory.DirectoryFiles.list;
import static org.undersigned.server.content.directory.DirectoryFiles.listed;
import static org.undersigned.server.content.directory.DirectoryFiles.row;
import static org.undersigned.server.content.directory.DirectoryFiles.write;

import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.undersigned.server.platform.db.Database;
import org.undersigned.server.platform.db.DatabaseRole;
import org.undersigned.server.support.TestCluster;
import org.undersigned.server.support.TestCluster.Template;
import org.undersigned.server.support.TestCluster.TestDatabase;

/// Tests `import campuses` with a real PostgreSQL and the role `site`.
final class DirectoryImportTest {
    private static TestDatabase tables;
    private static Database database;

    @TempDir
    Path files;

    private DirectoryStore store;

    @BeforeAll
    static void openDatabase() {
        tables = TestCluster.shared().database(Template.MIGRATED);
        database = tables.open(TestCluster.shared().key());
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
        tables.close();
    }

    @BeforeEach
    void emptyDirectory() {
        var jdbi = database.as(DatabaseRole.SITE);
        jdbi.useHandle(handle -> handle.execute("DELETE FROM site.directory"));
        store = new DirectoryStore(jdbi);
    }

    private ImportReport run(String rows, String... entries) {
        return new DirectoryImport(store)
                .run(write(files, "hd.csv", HEADER + rows), write(files, "list.json", list(entries)));
    }

    private static List<String> ids(List<DirectoryEntry> campuses) {
        return campuses.stream().map(DirectoryEntry::id).toList();
    }

    /// 6,200 rows for a file in windows-1252, with every kind of fault at a fixed interval.
    private static String fullSize() {
        var rows = new StringBuilder(HEADER);
        for (var n = 1; n <= 6_200; n++) {
            var cells = new ArrayList<String>();
            if (n % 50 == 0) cells.addAll(List.of("STABBR", "MA", "ZIP", "2155")); // 124 lost a zero
            else if (n % 77 == 0) cells.addAll(List.of("STABBR", "PR", "ZIP", "9260001")); // 80 - 1 lost two
            if (n % 3 == 0) cells.addAll(List.of("WEBADDR", "www.college" + n + ".edu")); // 2,066
            if (n % 3 == 1 && n <= 300) cells.addAll(List.of("WEBADDR", "c" + n + ".shared" + n % 2 + ".edu")); // 100
            if (n % 100 == 7) cells.addAll(List.of("CYACTIVE", "3", "DEATHYR", "2023")); // 62
            if (n % 500 == 2) cells.addAll(List.of("WEBADDR", "no web address")); // 13
            rows.append(row(
                    100_000 + n,
                    n % 10 == 0 ? "\"Bayamón Beauty, School\"" : "College " + n,
                    cells.toArray(String[]::new)));
        }
        return rows.toString();
    }

    @Test
    void aFileOfFullSizeIsImportedAndCounted() {
        var entries =
                new ArrayList<String>(List.of(listed("S0", "shared0.edu"), listed("S1", "shared1.edu", "s1.edu")));
        // 1,050 entries, 17 of them without an institution
        for (var n = 6; n <= 6_300; n += 6) entries.add(listed("C" + n, "college" + n + ".edu"));
        var hd = write(files, "hd.csv", fullSize(), Charset.forName("windows-1252"));
        var domains = write(files, "list.json", list(entries.toArray(String[]::new)));

        var report = new DirectoryImport(store).run(hd, domains);

        assertThat(report.encoding()).isEqualTo("windows-1252");
        assertThat(report.rows()).isEqualTo(6_200);
        assertThat(report.closed()).isEqualTo(62);
        assertThat(report.zipsRepaired()).isEqualTo(124 + 79);
        assertThat(report.withDomain()).isEqualTo(1_033 - 4 + 100); // four of them have no web address
        assertThat(report.sharing()).isEqualTo(100);
        assertThat(report.sharedDomains()).isEqualTo(3);
        assertThat(report.listed()).isEqualTo(1_052);
        assertThat(report.unmatched()).isEqualTo(17 + 4);
        assertThat(report.added()).isEqualTo(6_200);
        assertThat(report.warningCount()).isEqualTo(13);
        assertThat(report.warnings()).hasSize(13);
        assertThat(store.search("bayamon scho", true, 1_000))
                .hasSize(100)
                .allMatch(campus -> campus.facts().name().equals("Bayamón Beauty, School"));
        assertThat(store.withDomain(MailDomain.of("cs.shared0.edu"))).hasSize(50);

        var again = new DirectoryImport(store).run(hd, domains);
        assertThat(List.of(again.added(), again.changed(), again.unchanged(), again.newlyClosed()))
                .containsExactly(0, 0, 6_200, 0);
    }

    /// The federal file of 2023 and the list of the volunteers may not be stored in the project. If they are next
    /// to it, in `shared/data/campuses`, the test imports them completely; otherwise only the full-size file above
    /// is imported.
    @Test
    void theRealFilesWhereTheyAreAtHand() {
        var folder = Path.of("../../shared/data/campuses");
        var hd = folder.resolve("hd2023.csv");
        if (!Files.exists(hd)) {
            System.out.println("The real campus files are not at hand; only the made one was imported");
            return;
        }
        var domains = folder.resolve("world_universities_and_domains.json");

        var report = new DirectoryImport(store).run(hd, domains);

        assertThat(report.rows()).isEqualTo(6_163);
        assertThat(report.withDomain()).isEqualTo(2_251);
        assertThat(report.closed()).isEqualTo(125);
        assertThat(report.sharing()).isEqualTo(312);
        assertThat(report.sharedDomains()).isEqualTo(84);
        assertThat(report.zipsRepaired()).isEqualTo(300);
        assertThat(report.listed()).isEqualTo(10_251);
        assertThat(report.added()).isEqualTo(6_163);
        assertThat(new DirectoryImport(store).run(hd, domains).unchanged()).isEqualTo(6_163);
    }

    @Test
    void everyFactComesBackAsItWasRead() {
        run(
                row(1, "Tufts University", "IALIAS", "Tufts|Jumbos", "WEBADDR", "tufts.edu", "F1SYSNAM", "A System")
                        + row(
                                2,
                                "Bare",
                                "COUNTYNM",
                                " ",
                                "LATITUDE",
                                " ",
                                "LONGITUD",
                                " ",
                                "CONTROL",
                                "-3",
                                "ICLEVEL",
                                "-3"),
                listed("Tufts", "tufts.edu", "students.tufts.edu"));

        var tufts = store.campus("tufts-university").orElseThrow();
        assertThat(tufts)
                .isEqualTo(new DirectoryEntry(
                        "tufts-university",
                        DirectoryEntry.Kind.UNIVERSITY,
                        1,
                        new InstitutionFacts(
                                "Tufts University",
                                List.of("Tufts", "Jumbos"),
                                "Medford",
                                "MA",
                                "02155",
                                "Middlesex County",
                                new InstitutionFacts.Coordinates(42.40843, -71.118313),
                                InstitutionFacts.Control.NONPROFIT,
                                InstitutionFacts.Level.FOUR_YEAR,
                                "A System",
                                MailDomain.of("tufts.edu"),
                                false,
                                null),
                        List.of(MailDomain.of("students.tufts.edu"), MailDomain.of("tufts.edu"))));
        assertThat(store.campus("bare").orElseThrow().facts().at()).isNull();
        assertThat(store.campus("nowhere")).isEmpty();
    }

    @Test
    void aLaterFileChangesWhatItSaysOtherwiseAndKeepsTheNameInUrls() {
        run(row(1, "Old Name") + row(2, "Same") + row(3, "Closing"), listed("X", "x.edu"));

        var report = run(
                row(1, "New Name") + row(2, "Same") + row(3, "Closing", "CYACTIVE", "3") + row(4, "Old Name"),
                listed("X", "x.edu"));

        assertThat(List.of(report.added(), report.changed(), report.unchanged(), report.newlyClosed()))
                .containsExactly(1, 2, 1, 1);
        assertThat(store.campus("old-name").orElseThrow().facts().name()).isEqualTo("New Name");
        assertThat(store.campus("old-name-ma").orElseThrow().unitid()).isEqualTo(4);
        assertThat(store.campus("closing").orElseThrow().isOpen()).isFalse();
    }

    @Test
    void whatTheFileNoLongerListsIsClosedOnce() {
        var rows = new StringBuilder();
        for (var n = 1; n <= 20; n++) rows.append(row(n, "College " + n));
        run(rows + row(21, "Gone"), listed("X", "x.edu"));

        assertThat(run(rows.toString(), listed("X", "x.edu")).newlyClosed()).isEqualTo(1);
        assertThat(store.campus("gone").orElseThrow().isOpen()).isFalse();
        assertThat(run(rows.toString(), listed("X", "x.edu")).unchanged()).isEqualTo(21);
        assertThat(run(rows + row(21, "Gone"), listed("X", "x.edu")).changed()).isEqualTo(1);
        assertThat(store.campus("gone").orElseThrow().isOpen()).isTrue();
    }

    @Test
    void aPartOfAFileIsRefusedAndNothingChanges() {
        var rows = new StringBuilder();
        for (var n = 1; n <= 20; n++) rows.append(row(n, "College " + n));
        run(rows.toString(), listed("X", "x.edu"));

        assertThatThrownBy(() -> run(row(1, "Renamed") + row(30, "New"), listed("X", "x.edu")))
                .isInstanceOf(ImportFailure.class)
                .hasMessage("hd.csv: lists 2 institutions and lacks 19 institutions of the directory; is the file"
                        + " complete?");
        assertThat(store.campus("college-1").orElseThrow().facts().name()).isEqualTo("College 1");
        assertThat(store.campus("new")).isEmpty();
    }

    @Test
    void oneBadRowAnywhereKeepsNothing() {
        assertThatThrownBy(() -> run(row(1, "Good") + row(2, "Bad", "ZIP", "x"), listed("X", "x.edu")))
                .hasMessageContaining("hd.csv, line 3, column 20: ZIP");
        assertThatThrownBy(() -> run(row(1, "Good"), listed("X", "x y")))
                .hasMessageContaining("list.json, line 2, column 77: domains: \"x y\" is not a domain name")
                .isInstanceOf(ImportFailure.class);
        assertThat(store.search("good", true, 10)).isEmpty();
    }

    @Test
    void aCampusIsFoundByTheBeginningsOfItsWords() {
        run(
                row(1, "University of Massachusetts-Boston", "IALIAS", "UMass Boston", "CITY", "Boston")
                        + row(2, "Boston College", "CITY", "Chestnut Hill")
                        + row(3, "Berklee College of Music", "CITY", "Boston")
                        + row(4, "Boston Old School", "CYACTIVE", "3")
                        + row(5, "Texas A & M", "CITY", "College Station", "STABBR", "TX", "ZIP", "77843"),
                listed("X", "x.edu"));

        assertThat(ids(store.search("BOSTON", false, 10)))
                .containsExactly("boston-college", "berklee-college-of-music", "university-of-massachusetts-boston");
        assertThat(ids(store.search("boston", true, 10))).hasSize(4).last().isEqualTo("boston-old-school");
        assertThat(ids(store.search("bos, univ", false, 10))).containsExactly("university-of-massachusetts-boston");
        assertThat(ids(store.search("umass", false, 10))).containsExactly("university-of-massachusetts-boston");
        assertThat(ids(store.search("a&m tx", false, 10))).containsExactly("texas-a-and-m");
        assertThat(ids(store.search("boston", false, 1))).containsExactly("boston-college");
        assertThat(store.search("' | !:* (", false, 10)).isEmpty();
        assertThat(store.search("oston", false, 10)).isEmpty();
    }

    @Test
    void aMailDomainFindsItsCampusesAndTheNearestOneWins() {
        run(
                row(1, "Rutgers-Newark", "WEBADDR", "newark.rutgers.edu")
                        + row(2, "Rutgers-Camden", "WEBADDR", "camden.rutgers.edu")
                        + row(3, "Rutgers Law", "WEBADDR", "law.rutgers.edu"),
                listed("Rutgers", "rutgers.edu"),
                listed("Law", "law.rutgers.edu"));

        assertThat(ids(store.withDomain(MailDomain.of("cs.rutgers.edu"))))
                .containsExactly("rutgers-camden", "rutgers-newark");
        assertThat(ids(store.withDomain(MailDomain.of("mail.law.rutgers.edu")))).containsExactly("rutgers-law");
        assertThat(store.withDomain(MailDomain.of("elsewhere.edu"))).isEmpty();
    }
}
