package org.undersigned.server.content.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.undersigned.server.content.directory.DirectoryFiles.list;
import static org.undersigned.server.content.directory.DirectoryFiles.listed;
import static org.undersigned.server.content.directory.DirectoryFiles.write;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The reader accepts published lists of mail domains and refuses a wrong list with the position of the fault.
final class MailDomainListTest {
    @TempDir
    Path directory;

    private final ImportWarnings warnings = new ImportWarnings();
    private final List<MailDomainList.Listed> entries = new ArrayList<>();

    private MailDomainList.Read read(String text, Charset charset) {
        return MailDomainList.read(write(directory, "list.json", text, charset), warnings, entries::add);
    }

    private MailDomainList.Read read(String text) {
        return read(text, StandardCharsets.UTF_8);
    }

    @Test
    void entriesOfTheUnitedStatesAreHandedOver() {
        var brazil = "{\"name\": \"Fundação\", \"alpha_two_code\": \"BR\", \"domains\": [\"not a domain\"]}";
        var read = read(
                "\uFEFF" + list(brazil, listed("Tufts", "WWW.Tufts.edu", "cs.tufts.edu"), listed("None", "x.edu")));

        assertThat(read).isEqualTo(new MailDomainList.Read(3, 2));
        assertThat(entries.getFirst().name()).isEqualTo("Tufts");
        assertThat(entries.getFirst().domains())
                .containsExactly(MailDomain.of("cs.tufts.edu"), MailDomain.of("tufts.edu"));
    }

    @Test
    void aBareSuffixIsLeftOutWithAWarning() {
        read(list(listed("School", "k12.ca.us", "lincoln.k12.ca.us"), listed("All", "edu")));

        assertThat(entries.getFirst().domains()).containsExactly(MailDomain.of("lincoln.k12.ca.us"));
        assertThat(entries.getLast().domains()).isEmpty();
        assertThat(warnings.first().getFirst())
                .isEqualTo("list.json, line 2, column 82: domains: \"k12.ca.us\" is left out:"
                        + " anyone can register a name under it");
        assertThat(warnings.count()).isEqualTo(2);
    }

    @Test
    void aDomainOfPeopleWhoLeftIsLeftOutWithAWarning() {
        read(list(listed("Tufts", "tufts.edu", "alumni.tufts.edu"), listed("MIT", "alum.mit.edu")));

        assertThat(entries.getFirst().domains()).containsExactly(MailDomain.of("tufts.edu"));
        assertThat(entries.getLast().domains()).isEmpty();
        assertThat(warnings.first().getFirst())
                .endsWith("domains: \"alumni.tufts.edu\" is left out: it is for people who left the campus");
        assertThat(warnings.count()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"name\": \"Ünder\" | \"name\": 7            | 3 | 12 | name is not a text",
                "\"name\": \"Ünder\" | \"name\": \"\"         | 3 | 12 | name is empty",
                "\"name\": \"Ünder\" | \"called\": \"U\"      | 3 | 3  | this entry lacks name",
                "\"name\": \"Ünder\" | \"name\": \"U\", \"name\": \"V\" | 3 | 23 | Duplicate",
                "\"name\": \"Ünder\" | \"name\": \"U\\q\"     | 3 | 15 | not JSON",
                "\"u.edu\"           | \"u edu\"              | 3 | 81 | \"u edu\" is not a domain name",
                "\"u.edu\"           | \"10.0.0.1\"           | 3 | 81 | is not a domain name",
                "\"u.edu\"           | [\"u.edu\"]            | 3 | 81 | domains is not a text",
                "[\"u.edu\"]         | \"u.edu\"              | 3 | 80 | domains is not a list",
                "[\"u.edu\"]         | [\"u.edu\",,]          | 3 | 89 | not JSON",
                "[\"u.edu\"]}        | [\"u.edu\"]            | 4 | 1 | not JSON",
            })
    void aFaultIsShownWithItsLineAndColumn(String right, String wrong, int line, int column, String says) {
        var text = list(listed("Fine", "fine.edu"), listed("Ünder", "u.edu"));
        assertThat(text).contains(right);

        assertThatThrownBy(() -> read(text.replace(right, wrong)))
                .isInstanceOfSatisfying(ImportFailure.class, failure -> {
                    assertThat(failure.line()).as(failure.getMessage()).isEqualTo(line);
                    assertThat(failure.column()).as(failure.getMessage()).isEqualTo(column);
                })
                .hasMessageContaining(says)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | line 1, column 1: the list does not begin with [",
                "`` | line 1, column 1: the list does not begin with [",
                "[] | has no entry for the country US",
                "[7] | line 1, column 2: an entry is not an object",
                "[[[[[[[[[[[[ | an entry is not an object",
                "[{\"x\": [[[[[[[[[[[[ | not JSON",
            })
    void somethingElseThanAListIsRefused(String text, String says) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(ImportFailure.class).hasMessageContaining(says);
    }

    @Test
    void whatFollowsTheListIsRefused() {
        assertThatThrownBy(() -> read(list(listed("Fine", "fine.edu")) + "[]"))
                .hasMessage("list.json, line 4, column 1: something follows the list");
    }

    @Test
    void aListThatIsNotUtf8IsRefused() {
        assertThatThrownBy(() -> read(list(listed("Ünder", "u.edu")), StandardCharsets.ISO_8859_1))
                .hasMessageContaining("is not UTF-8");
    }

    @Test
    void anEntryCannotBringDomainsWithoutEnd() {
        var domains = "d.edu\", \"".repeat(MailDomainList.MAX_DOMAINS) + "d.edu";

        assertThatThrownBy(() -> read(list(listed("Many", domains)))).hasMessageContaining("domains has more than 50");
    }

    @Test
    void aNameCannotBeWithoutEnd() {
        assertThatThrownBy(() -> read(list(listed("x".repeat(5_000), "d.edu"))))
                .hasMessageContaining("list.json, line 2");
    }
}
