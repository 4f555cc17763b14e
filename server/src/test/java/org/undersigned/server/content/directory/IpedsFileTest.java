package org.undersigned.server.content.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.undersigned.server.content.directory.DirectoryFiles.HEADER;
import static org.undersigned.server.content.directory.DirectoryFiles.row;
import static org.undersigned.server.content.directory.DirectoryFiles.write;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The reader accepts federal header files with the variations that years, spreadsheets and editors cause.
final class IpedsFileTest {
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    @TempDir
    Path directory;

    private final ImportWarnings warnings = new ImportWarnings();
    private final List<Institution> institutions = new ArrayList<>();

    private IpedsFile.Read read(byte[] bytes) {
        return IpedsFile.read(write(directory, "hd.csv", bytes), warnings, institutions::add);
    }

    private IpedsFile.Read read(String text) {
        return read(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private InstitutionFacts only() {
        assertThat(institutions).hasSize(1);
        return institutions.getFirst().facts();
    }

    @Test
    void aRowBecomesAnInstitution() {
        var read = read(HEADER
                + row(
                        168148,
                        "Tufts University",
                        "IALIAS",
                        "Tufts | Tufts College",
                        "WEBADDR",
                        "https://www.Tufts.edu/about")
                + row(
                        100,
                        "\"Rutgers, \"\"RU\"\"\"",
                        "IALIAS",
                        "Rutgers; RU",
                        "F1SYSNAM",
                        "Rutgers System",
                        "CONTROL",
                        "1"));

        assertThat(read.rows()).isEqualTo(2);
        assertThat(institutions.getFirst())
                .isEqualTo(new Institution(
                        168148,
                        new InstitutionFacts(
                                "Tufts University",
                                List.of("Tufts", "Tufts College"),
                                "Medford",
                                "MA",
                                "02155",
                                "Middlesex County",
                                new InstitutionFacts.Coordinates(42.40843, -71.118313),
                                InstitutionFacts.Control.NONPROFIT,
                                InstitutionFacts.Level.FOUR_YEAR,
                                null,
                                MailDomain.of("tufts.edu"),
                                false,
                                null)));
        assertThat(institutions.getLast().facts().name()).isEqualTo("Rutgers, \"RU\"");
        assertThat(institutions.getLast().facts().aliases()).containsExactly("Rutgers", "RU");
        assertThat(institutions.getLast().facts().system()).isEqualTo("Rutgers System");
        assertThat(warnings.count()).isZero();
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstColumn() {
        var read = read("\uFEFF" + HEADER + row(1, "Universidad de Bayamón"));

        assertThat(read.text().marked()).isTrue();
        assertThat(only().name()).isEqualTo("Universidad de Bayamón");
    }

    @Test
    void anOlderFileIsReadAsWindows1252() {
        var read = read((HEADER + row(1, "Women’s College of Doña Ana")).getBytes(WINDOWS));

        assertThat(read.text().charset()).isEqualTo(WINDOWS);
        assertThat(only().name()).isEqualTo("Women’s College of Doña Ana");
        assertThat(read.letters()).isZero();
    }

    @Test
    void lettersMisreadOnAMacintoshAreSetRight() {
        var read = read(HEADER
                + row(1, "Dewey University-Juana DÌaz", "CITY", "BayamÛn", "COUNTYNM", "Mayag¸ez Municipio")
                + row(2, "Colegio San Germ·n", "IALIAS", "RutgersñCamden", "COUNTYNM", "DoÒa Ana County")
                + row(
                        3,
                        "Universidad de Bayamón",
                        "IALIAS",
                        "SEÑORITA ACADEMY",
                        "CITY",
                        "Ñuñoa",
                        "COUNTYNM",
                        "Peñuelas"));

        assertThat(institutions)
                .extracting(one -> one.facts().name() + "/" + one.facts().city() + "/"
                        + one.facts().county() + "/" + one.facts().aliases())
                .containsExactly(
                        "Dewey University-Juana Díaz/Bayamón/Mayagüez Municipio/[]",
                        "Colegio San Germán/Medford/Doña Ana County/[Rutgers–Camden]",
                        "Universidad de Bayamón/Ñuñoa/Peñuelas/[SEÑORITA ACADEMY]");
        assertThat(read.letters()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "2155, MA, 02155, 1",
        "2155-1234, MA, 02155-1234, 1",
        "926, PR, 00926, 1",
        "21551234, MA, 02155-1234, 1",
        "9261234, PR, 00926-1234, 1",
        "900951234, CA, 90095-1234, 1",
        "90095-, CA, 90095, 1",
        "90095, CA, 90095, 0",
        "02155-1234, MA, 02155-1234, 0",
    })
    void aZipCodeGetsItsLostZerosBack(String written, String state, String meant, int repaired) {
        var read = read(HEADER + row(1, "College", "ZIP", written, "STABBR", state));

        assertThat(only().zip()).isEqualTo(meant);
        assertThat(read.zips()).isEqualTo(repaired);
    }

    @ParameterizedTest
    @CsvSource({
        "CYACTIVE, 3, false",
        "CYACTIVE, 2, false",
        "DEATHYR, 2023, true",
        "CLOSEDAT, 5/26/23, false",
    })
    void aClosedInstitutionIsKeptAndMarked(String column, String value, boolean yearKnown) {
        read(HEADER + row(1, "College", column, value));

        assertThat(only().closed()).isTrue();
        assertThat(only().closedYear()).isEqualTo(yearKnown ? (Integer) 2023 : null);
    }

    @Test
    void whatTheFileDoesNotSayIsNotInvented() {
        read(HEADER
                + row(
                        1,
                        "System Office",
                        "ICLEVEL",
                        "-3",
                        "CONTROL",
                        "-3",
                        "LATITUDE",
                        " ",
                        "LONGITUD",
                        ".",
                        "COUNTYNM",
                        " "));

        var facts = only();
        assertThat(facts.level()).isNull();
        assertThat(facts.control()).isNull();
        assertThat(facts.at()).isNull();
        assertThat(facts.county()).isNull();
        assertThat(facts.system()).isNull();
        assertThat(facts.web()).isNull();
    }

    @Test
    void aWebAddressNobodyCanHaveIsAWarningWithItsPlace() {
        read(HEADER + row(1, "College", "WEBADDR", "https:https"));

        assertThat(only().web()).isNull();
        assertThat(warnings.first())
                .containsExactly("hd.csv, line 2, column 39: WEBADDR \"https:https\" is not a web address");
    }

    @Test
    void headerNamesMayBeInAnyOrderCaseAndQuotes() {
        var header = HEADER.replace("UNITID,INSTNM", "instnm,\" UnitId \"");
        read(header + row(1, "College").replace("1,College", "College,1"));

        assertThat(institutions.getFirst().unitid()).isEqualTo(1);
    }
}
