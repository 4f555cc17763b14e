package org.undersigned.server.content.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.undersigned.server.content.action.Action;
import org.undersigned.server.content.document.InvalidDocument;
import org.undersigned.server.content.document.LocalizedText;
import org.undersigned.server.support.ExampleCampaign;

/// The demonstration's document is complete, and a document with an error is rejected with the error's place.
final class CampaignParserTest {
    private static String demonstration() {
        try (var in = CampaignParserTest.class.getResourceAsStream("/demo/sanctuary-campus.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theDemonstrationHasItsTenDemandsTwelveCampusesAndFivePetitions() {
        var campaign = CampaignParser.parse(demonstration());

        assertThat(campaign.demands()).hasSize(10);
        assertThat(campaign.campuses()).hasSize(12);
        assertThat(campaign.petitions())
                .extracting(Campaign.Petition::campus)
                .containsExactly("tufts.edu", "usc.edu", "umass.edu", "harvard.edu", "smith.edu");
        assertThat(campaign.petitions()).allMatch(petition -> petition.demands().contains(1));
        assertThat(campaign.figures())
                .extracting(Campaign.Figure::words)
                .contains(
                        "more than 2,600", "surpassed 4,800", "nearly 80 college campuses", "an estimated 11 million");
        assertThat(campaign.figures())
                .filteredOn(figure -> figure.cites() != null)
                .extracting(Campaign.Figure::cites)
                .containsExactly("Migration Policy Institute");
        assertThat(campaign.actions())
                .allMatch(action -> action.date().toString().equals("2016-11-16"));
    }

    @Test
    void twoFiguresThatDifferInAnythingHaveDifferentIds() {
        var figures = List.of(
                figure("a", "held", Campaign.Extent.WHOLE, "ten", null, null, null, Campaign.DatePrecision.DAY, null),
                figure("b", "held", Campaign.Extent.WHOLE, "ten", null, null, null, Campaign.DatePrecision.DAY, null),
                figure("a", "signed", Campaign.Extent.WHOLE, "ten", null, null, null, Campaign.DatePrecision.DAY, null),
                figure("a", "held", Campaign.Extent.PART, "ten", null, null, null, Campaign.DatePrecision.DAY, null),
                figure("a", "held", Campaign.Extent.WHOLE, "two", null, null, null, Campaign.DatePrecision.DAY, null),
                figure("a", "held", Campaign.Extent.WHOLE, "ten", "diez", null, null, Campaign.DatePrecision.DAY, null),
                figure("a", "held", Campaign.Extent.WHOLE, "ten", null, 1L, null, Campaign.DatePrecision.DAY, null),
                figure("a", "held", Campaign.Extent.WHOLE, "ten", null, null, 1L, Campaign.DatePrecision.DAY, null),
                figure("a", "held", Campaign.Extent.WHOLE, "ten", null, null, null, Campaign.DatePrecision.MONTH, null),
                figure(
                        "a",
                        "held",
                        Campaign.Extent.WHOLE,
                        "ten",
                        null,
                        null,
                        null,
                        Campaign.DatePrecision.UNKNOWN,
                        null),
                figure("a", "held", Campaign.Extent.WHOLE, "ten", null, null, null, Campaign.DatePrecision.DAY, "C"),
                figure(
                        "a",
                        "held",
                        Campaign.Extent.WHOLE,
                        "ten\nnull",
                        null,
                        null,
                        null,
                        Campaign.DatePrecision.DAY,
                        null),
                figure(
                        "a",
                        "held",
                        Campaign.Extent.WHOLE,
                        "ten",
                        "null\nnull",
                        null,
                        null,
                        Campaign.DatePrecision.DAY,
                        null));

        assertThat(figures).extracting(Campaign.Figure::id).doesNotHaveDuplicates();
    }

    private static Campaign.Figure figure(
            String about,
            String measure,
            Campaign.Extent extent,
            String words,
            @Nullable String translation,
            @Nullable Long low,
            @Nullable Long high,
            Campaign.DatePrecision dated,
            @Nullable String cites) {
        var day = LocalDate.of(2040, 2, 1);
        var subject = new LocalizedText("crowd", "multitud");
        return new Campaign.Figure(
                List.of(about), measure, extent, words, translation, low, high, day, dated, "S", cites, subject);
    }

    @Test
    void aFigureHasADayAMonthOrNoDate() {
        var figures = CampaignParser.parse(demonstration()).figures();

        assertThat(figures)
                .filteredOn(figure -> figure.dated() != Campaign.DatePrecision.DAY)
                .extracting(Campaign.Figure::words, Campaign.Figure::dated, Campaign.Figure::asOf)
                .containsExactly(
                        tuple("an estimated 11 million", Campaign.DatePrecision.MONTH, LocalDate.of(2015, 8, 1)),
                        tuple("156,000", Campaign.DatePrecision.UNKNOWN, LocalDate.of(2016, 11, 16)));
    }

    @Test
    void demonstrationPetitionsHaveOnlyReportedDemands() {
        var campaign = CampaignParser.parse(demonstration());

        assertThat(campaign.petitions())
                .extracting(Campaign.Petition::demands)
                .containsExactly(List.of(1, 7), List.of(1, 8), List.of(1), List.of(1), List.of(1));
        assertThat(campaign.demands())
                .filteredOn(Campaign.Demand::everywhere)
                .extracting(Campaign.Demand::id)
                .containsExactly(10);
        assertThat(campaign.petitions()).allMatch(petition -> petition.note() != null);
        assertThat(campaign.petitions()).extracting(Campaign.Petition::source).containsExactly("W", "U", "W", "W", "W");
    }

    @Test
    void aFaultIsSaidWithTheLineAndColumnOfTheValue() {
        var document = demonstration();
        var wrong = document.replace("\"zone\": \"America/Los_Angeles\"", "\"zone\": \"Los Angeles\"");
        var lines = wrong.lines().toList();
        var line = 0;
        while (!lines.get(line).contains("\"Los Angeles\"")) line++;
        var column = lines.get(line).indexOf("\"Los Angeles\"") + 1;

        assertThatThrownBy(() -> CampaignParser.parse(wrong))
                .hasMessageStartingWith(
                        "line " + (line + 1) + ", column " + column + ": campuses[1].zone is not a time zone");
    }

    @Test
    void theExampleShowsEveryPart() throws Exception {
        var campaign = ExampleCampaign.campaign();

        assertThat(campaign.actions()).extracting(Action::stateWord).containsExactly("changed", "cancelled", "held");
        assertThat(campaign.answers()).hasSize(4);
        assertThat(campaign.countables().map(Countable::path))
                .containsExactly("/p/lantern-lights", "/a/evening-walk", "/l/regents");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"hashtag\": | \"hash\": | line 1, column 1: hashtag is missing",
                "\"measure\": \"planned\" | \"measure\": \"guessed\" | measure is not one of",
                "\"date\": \"2016-11-16\" | \"date\": \"16 Nov\" | is not a date like 2016-11-16",
                "\"asOf\": \"2015-08\" | \"asOf\": \"2015-13\" | asOf is not a month like 2015-08",
                "\"asOf\": \"2015-08\" | \"asOf\": \"2015-08-01T\" | asOf is not a date like 2016-11-16",
                "\"deadline\": \"2016-12-19 | \"deadline\": \"+12016-12-19 | deadline is not a moment like 2016-12-19T17:00:00Z",
                "\"id\": 10, | \"id\": 2147483648, | id is too large",
                "\"everywhere\": true | \"everywhere\": 1 | everywhere is neither true nor false",
                "\"zone\": \"America/New_York\" | \"zone\": \"Boston\" | is not a time zone",
                "\"campus\": \"tufts.edu\" | \"campus\": \"tuft.edu\""
                        + " | campus refers to tuft.edu, which is not defined",
                "\"slug\": \"usc-sanctuary\" | \"slug\": \"tufts-sanctuary\" | petitions has tufts-sanctuary twice",
                "\"words\": \"more than 2,600\" | \"words\": 7 | figures[0].words is not a text",
                "\"conveners\": [ | \"conveners\": [{\"name\": \"Movimiento Cosecha\"}, | conveners has Movimiento Cosecha twice",
                "\"domains\": [ | \"domains\": [\"tufts edu\", | contains tufts edu, which is not a domain",
                "\"domains\": [ | \"domains\": [\"Tufts.edu\", | contains Tufts.edu, which is not a domain",
                "\"domains\": [ | \"domains\": [\"k12.ca.us\", | contains k12.ca.us, which is a suffix",
                "\"domains\": [ | \"domains\": [\"tufts.edu\", | contains tufts.edu twice",
                "\"domains\": [ | \"domains\": [\"alumni.tufts.edu\", | contains alumni.tufts.edu, where people",
                "\"domains\": [ | \"separateDomains\": [\"alum.tufts.edu\"], \"domains\": ["
                        + " | separateDomains contains alum.tufts.edu, where people",
                "\"domains\": [ | \"separateDomains\": [\"tufts.edu\"], \"domains\": ["
                        + " | separateDomains contains tufts.edu twice",
                "\"domains\": [ | \"folds\": [\"hyphens\"], \"domains\": ["
                        + " | folds contains \"hyphens\", not one of dots, hyphen-tag",
                "\"domains\": [ | \"domains\": [\"\\\\u0007.edu\", | domains[0] contains U+0007",
                "\"domains\": [ | \"domains\": [7, | domains[0] is not a text",
                "\"statements\": [ | \"statements\": [, | line ",
            })
    void aFaultIsSaidWithItsPlace(String right, String wrong, String says) {
        var document = demonstration();
        assertThat(document).contains(right);

        assertThatThrownBy(
                        () -> CampaignParser.parse(document.replaceFirst(java.util.regex.Pattern.quote(right), wrong)))
                .isInstanceOf(InvalidDocument.class)
                .hasMessageStartingWith("line ")
                .hasMessageContaining(says);
    }

    /// A browser shows a title without the blanks around it and in one line, and compares it with the signed text.
    @Test
    void aTextHasOneFormHoweverItWasTyped() {
        var title = "\"Make Tufts University a sanctuary campus\"";
        var right = demonstration();
        assertThat(right).contains(title);
        for (var typed : List.of(
                "\"Make Tufts University a sanctuary campus \"",
                "\"\\uFEFFMake Tufts University a sanctuary campus\"",
                "\"Make Tufts\\r\\nUniversity a\\u00a0 sanctuary\\tcampus\\n\"")) {
            assertThat(petition(right.replace(title, typed)).subject())
                    .isEqualTo(petition(right).subject());
        }
    }

    @Test
    void theParagraphsOfATextStay() {
        var text = "\"We ask";
        var document = demonstration();
        assertThat(document).contains(text);

        var read = petition(document.replace(text, "\"\\uFEFFa\\r\\n\\r\\nb\\r\\n• c We ask"));

        assertThat(new String(read.text(), StandardCharsets.UTF_8)).contains("\"en\":\"a\\n\\nb\\n• c We ask");
    }

    @Test
    void aCharacterThatIsNoTextIsRefusedWithItsPlace() {
        for (var odd : List.of("\\u0000", "\\u0007", "\\uFFFE", "x\\uFEFFy")) {
            assertThatThrownBy(() -> CampaignParser.parse(demonstration().replace("\"We ask", "\"" + odd + "We ask")))
                    .isInstanceOf(InvalidDocument.class)
                    .hasMessageContaining("line ")
                    .hasMessageContaining("contains U+");
        }
    }

    @Test
    void aTimeThatNoClockShowsIsRefusedWithItsPlace() {
        var document = ExampleCampaign.document();
        var begin = "\"date\": \""
                + ExampleCampaign.campaign()
                        .action("evening-walk")
                        .orElseThrow()
                        .date() + "\"";
        assertThat(document).contains(begin);
        // the walk is in Denver, where clocks went from 02:00 to 03:00 on 2040-03-11
        var night = document.replaceFirst(
                        "(\"slug\": \"evening-walk\"[\\s\\S]*?\"date\": )\"[^\"]*\"", "$1\"2040-03-11\"")
                .replaceFirst("(\"slug\": \"evening-walk\"[\\s\\S]*?\"time\": )\"[^\"]*\"", "$1\"02:30\"");

        assertThatThrownBy(() -> CampaignParser.parse(night))
                .isInstanceOf(InvalidDocument.class)
                .hasMessageContaining("actions[0].time is 02:30, which no clock in America/Denver shows on 2040-03-11");
    }

    private static Countable petition(String document) {
        return CampaignParser.parse(document)
                .countables()
                .filter(one -> one.path().equals("/p/tufts-sanctuary"))
                .findFirst()
                .orElseThrow();
    }
}
