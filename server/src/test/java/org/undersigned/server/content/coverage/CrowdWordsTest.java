package org.undersigned.server.content.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.undersigned.server.content.coverage.Reading.Why;

/// What printed words say, phrase by phrase: `crowd-words.csv`.
final class CrowdWordsTest {
    @ParameterizedTest
    @CsvFileSource(resources = "/coverage/crowd-words.csv", delimiter = '|', numLinesToSkip = 1)
    void aPhraseSaysWhatItSays(String words, String says) {
        assertThat(said(CrowdWords.read(words))).as(words).isEqualTo(says);
    }

    /// The form of the second column.
    static String said(Reading reading) {
        return switch (reading) {
            case Reading.Exactly(var number) -> "= " + number;
            case Reading.Between(var from, var to) -> from + " - " + to;
            case Reading.MoreThan(var number) -> "> " + number;
            case Reading.AtLeast(var number) -> ">= " + number;
            case Reading.FewerThan(var number) -> "< " + number;
            case Reading.AtMost(var number) -> "<= " + number;
            case Reading.About(var from, var to) -> "~ " + (from == to ? "" + from : from + " - " + to);
            case Reading.Vague(var word) -> word.name();
            case Reading.NoNumber _ -> "nothing";
            case Reading.Unclear(var why) -> "? " + why.name().toLowerCase(Locale.ROOT);
        };
    }

    @Test
    void aTextLongerThanAnyFigureIsNotRead() {
        assertThat(CrowdWords.read("2,600 " + "x".repeat(CrowdWords.MAX_LENGTH)))
                .isEqualTo(new Reading.Unclear(Why.TOO_LONG));
    }

    @Test
    void aNumberNoCrowdHasIsNotReadHoweverItIsWritten() {
        var million = "million ".repeat(30);
        var hundred = "hundred ".repeat(30);

        for (var words : List.of("9".repeat(200), "20 " + million, "two " + million, "two " + hundred)) {
            assertThat(CrowdWords.read(words)).as(words).isInstanceOf(Reading.Unclear.class);
        }
    }

    @Test
    void noPhraseIsLongerThanTheReaderLooks() {
        var phrases = Stream.of(
                        Vocabulary.MODIFIERS.keySet(),
                        Vocabulary.AFTERTHOUGHTS.keySet(),
                        Vocabulary.VAGUE.keySet(),
                        Vocabulary.GROUPS.keySet(),
                        Vocabulary.HALVES.keySet())
                .flatMap(keys -> keys.stream());

        assertThat(phrases).allMatch(phrase -> phrase.split(" ", -1).length <= Vocabulary.LONGEST);
    }
}
