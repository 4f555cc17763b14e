package org.undersigned.server.content.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.undersigned.server.content.coverage.LiteralReading.Why;

/// Tests the literal meaning of printed phrases, one per line of `crowd-words.csv`.
final class CrowdPhrasesTest {
    @ParameterizedTest
    @CsvFileSource(resources = "/coverage/crowd-words.csv", delimiter = '|', numLinesToSkip = 1)
    void aPhraseHasItsLiteralMeaning(String words, String says) {
        assertThat(said(CrowdPhrases.read(words))).as(words).isEqualTo(says);
    }

    /// Writes a reading in the form of the second column of that file.
    static String said(LiteralReading reading) {
        return switch (reading) {
            case LiteralReading.Exactly(var number) -> "= " + number;
            case LiteralReading.Between(var from, var to) -> from + " - " + to;
            case LiteralReading.MoreThan(var number) -> "> " + number;
            case LiteralReading.AtLeast(var number) -> ">= " + number;
            case LiteralReading.FewerThan(var number) -> "< " + number;
            case LiteralReading.AtMost(var number) -> "<= " + number;
            case LiteralReading.About(var from, var to) -> "~ " + (from == to ? "" + from : from + " - " + to);
            case LiteralReading.Vague(var word) -> word.name();
            case LiteralReading.NoNumber _ -> "nothing";
            case LiteralReading.Unclear(var why) -> "? " + why.name().toLowerCase(Locale.ROOT);
        };
    }

    @Test
    void aTextLongerThanAnyFigureIsNotRead() {
        assertThat(CrowdPhrases.read("2,600 " + "x".repeat(CrowdPhrases.MAX_LENGTH)))
                .isEqualTo(new LiteralReading.Unclear(Why.TOO_LONG));
    }

    @Test
    void aNumberNoCrowdHasIsNotReadHoweverItIsWritten() {
        var million = "million ".repeat(30);
        var hundred = "hundred ".repeat(30);

        for (var words : List.of("9".repeat(200), "20 " + million, "two " + million, "two " + hundred)) {
            assertThat(CrowdPhrases.read(words)).as(words).isInstanceOf(LiteralReading.Unclear.class);
        }
    }

    @Test
    void noPhraseIsLongerThanTheReaderLooks() {
        var phrases = Stream.of(
                        Vocabulary.MODIFIERS.keySet(),
                        Vocabulary.SUFFIX_MODIFIERS.keySet(),
                        Vocabulary.VAGUE.keySet(),
                        Vocabulary.GROUPS.keySet(),
                        Vocabulary.HALVES.keySet())
                .flatMap(keys -> keys.stream());

        assertThat(phrases).allMatch(phrase -> phrase.split(" ", -1).length <= Vocabulary.LONGEST);
    }
}
