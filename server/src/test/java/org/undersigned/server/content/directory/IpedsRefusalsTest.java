package org.undersigned.server.content.directory;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.undersigned.server.content.directory.DirectoryFiles.HEADER;
import static org.undersigned.server.content.directory.DirectoryFiles.row;
import static org.undersigned.server.content.directory.DirectoryFiles.write;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A wrong header file is refused with the exact character of the fault.
final class IpedsRefusalsTest {
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

    private static void refused(ThrowingCallable reading, long line, long column, String says) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(ImportFailure.class, failure -> {
                    assertThat(failure.line()).as(failure.getMessage()).isEqualTo(line);
                    assertThat(failure.column()).as(failure.getMessage()).isEqualTo(column);
                })
                .hasMessageContaining(says)
                .hasMessageStartingWith("hd.csv" + (line == 0 ? ": " : ", line " + line + ", column " + column + ": "))
                .hasMessageNotContaining("\n");
    }

    @Test
    void aMissingColumnIsNamed() {
        refused(
                () -> read(HEADER.replace("ZIP", "ZIPCODE").replace("CYACTIVE", "ACTIVE") + row(1, "College")),
                1,
                1,
                "the header lacks ZIP, CYACTIVE");
    }

    @Test
    void aColumnThatIsThereTwiceIsShown() {
        refused(() -> read(HEADER.replace("CHFNM", "city") + row(1, "College")), 1, 38, "\"CITY\" appears twice");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UNITID   | 10x        | 1  | UNITID \"10x\" is not a number from 1 to 9999999",
                "UNITID   | -5         | 1  | UNITID \"-5\" is not a number",
                "INSTNM   | ' '        | 3  | INSTNM is empty",
                "CITY     | -2         | 13 | CITY is empty",
                "STABBR   | Mass       | 21 | STABBR \"Mass\" is not the two letters of a state",
                "ZIP      | 2155x      | 24 | ZIP \"2155x\" is not a zip code",
                "ZIP      | 21         | 24 | ZIP \"21\" is not a zip code",
                "ZIP      | 926        | 24 | ZIP \"926\" lacks a digit",
                "ICLEVEL  | 4          | 41 | ICLEVEL \"4\" is not a number from 1 to 3",
                "CONTROL  | x          | 43 | CONTROL \"x\" is not a number from 1 to 3",
                "DEATHYR  | soon       | 45 | DEATHYR \"soon\" is not a number",
                "CYACTIVE | 0          | 51 | CYACTIVE \"0\" is not a number from 1 to 3",
                "LONGITUD | -181       | 73 | LONGITUD \"-181\" is not degrees from -180 to 180",
                "LONGITUD | ' '        | 73 | LONGITUD is missing, but LATITUDE is present",
                "LATITUDE | 1e1        | 84 | LATITUDE \"1e1\" is not degrees from -90 to 90",
                "LATITUDE | 91.0       | 84 | LATITUDE \"91.0\" is not degrees",
            })
    void aWrongValueIsShownWithItsLineColumnAndName(String column, String value, int at, String says) {
        var text = HEADER + row(7, "Fine, it is".replace(",", "")) + row(8, "College", column, value);

        refused(() -> read(text), 3, at, says);
        refused(() -> read("\uFEFF" + text.replace("\n", "\r\n")), 3, at, says);
        refused(() -> read(text.replace("\n", "\r")), 3, at, says);
    }

    @Test
    void linesInsideQuotesAndEmptyLinesCount() {
        var text = HEADER + "\n" + row(7, "\"A \"\"long\"\"\nname, too\"", "IALIAS", "\"x\ny\"") + "\n\n"
                + row(8, "\"O, College\"", "IALIAS", "\"a\nb\"", "ZIP", "none");

        refused(() -> read(text), 9, 15, "ZIP \"none\" is not a zip code");
    }

    @Test
    void aRowOfAnotherWidthIsShownWhereItGoesWrong() {
        refused(() -> read(HEADER + "7,College,x\n"), 2, 12, "this row has 3 fields, but the header has 18");
        refused(() -> read(HEADER + row(7, "College").replace("\n", ",surplus\n")), 2, 96, "this row has 19 fields");
    }

    @Test
    void anInstitutionThatIsThereTwiceIsShownWithBothLines() {
        refused(
                () -> read(HEADER + row(7, "College") + row(8, "Other") + row(7, "College")),
                4,
                1,
                "UNITID 7 is already on line 2");
    }

    @Test
    void aQuoteLeftOpenOrClosedTooEarlyIsShown() {
        refused(() -> read(HEADER + row(7, "College") + row(8, "\"College")), 3, 3, "a quoted field is malformed");
        refused(
                () -> read(HEADER + row(7, "\"Fine\"") + row(8, "\"The\"College")),
                3,
                8,
                "a quoted field is malformed");
    }

    @Test
    void aRowThatNeverEndsIsRefusedBeforeItFillsTheMemory() {
        var endless = row(9, "College").repeat(3_000);

        refused(() -> read(HEADER + row(7, "College") + row(8, "\"College") + endless), 3, 1, "is a quote left open?");
    }

    @Test
    void aFieldThatIsTooLongIsNamed() {
        refused(
                () -> read(HEADER + row(7, "College", "CHFNM", "x".repeat(IpedsRow.MAX_FIELD + 1))),
                2,
                30,
                "CHFNM is longer than 4000 characters");
    }

    @Test
    void aFileThatCallsItselfUtf8AndIsNotIsShownTheByte() {
        var bytes = ("\u00EF\u00BB\u00BF" + HEADER + row(7, "College") + row(8, "Do\u00F1a Ana")).getBytes(ISO_8859_1);

        refused(() -> read(bytes), 3, 5, "the file has a UTF-8 byte-order mark, but these bytes are not UTF-8");
    }

    @Test
    void aByteThatIsNoTextInEitherEncodingIsShown() {
        var bytes = (HEADER + row(7, "Do\u00F1a Ana", "CITY", "x\u0081")).getBytes(ISO_8859_1);

        refused(() -> read(bytes), 2, 15, "neither UTF-8 nor windows-1252");
    }

    @Test
    void anotherKindOfFileIsRefused() {
        refused(() -> read((HEADER + row(7, "College")).getBytes(UTF_16)), 1, 3, "neither UTF-8 nor windows-1252");
        refused(() -> read(""), 0, 0, "is empty");
        refused(() -> read("\uFEFF\n\n"), 0, 0, "is empty");
        refused(() -> read(HEADER), 0, 0, "has a header and no rows");
        refused(() -> read("[{}]"), 1, 1, "is this an IPEDS header file");
        refused(
                () -> IpedsFile.read(directory.resolve("gone/hd.csv"), warnings, institutions::add),
                0,
                0,
                "does not exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\uFFFDb", "a\u0007b"})
    void aLetterLostInAnEarlierConversionIsShown(String name) {
        refused(
                () -> read(HEADER + row(7, name)),
                2,
                3,
                "INSTNM contains a control character or a replacement character");
    }

    @Test
    void positionsHoldAcrossThePiecesTheFileIsReadIn() {
        var rows = new StringBuilder(HEADER);
        for (var unitid = 1; unitid <= 2_000; unitid++) rows.append(row(unitid, "Bayamón College"));
        var wrong = row(2_001, "College", "ZIP", "x");

        for (var ending : List.of("\n", "\r\n", "\r")) {
            refused(() -> read((rows + wrong).replace("\n", ending)), 2_002, 27, "ZIP \"x\" is not a zip code");
            refused(() -> read("\uFEFF" + (rows + "abc\0").replace("\n", ending)), 2_002, 4, "not UTF-8");
        }
    }

    @Test
    void rowsWithoutEndAreRefused() {
        var rows = new StringBuilder(HEADER);
        for (var unitid = 1; unitid <= IpedsFile.MAX_ROWS + 1; unitid++) rows.append(row(unitid, "College"));

        refused(() -> read(rows.toString()), IpedsFile.MAX_ROWS + 2, 1, "there are more than 50000 rows");
    }
}
