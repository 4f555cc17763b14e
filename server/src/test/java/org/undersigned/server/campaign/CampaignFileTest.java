package org.undersigned.server.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.undersigned.server.action.Action;
import org.undersigned.server.document.WrongDocument;

/// The demonstration's document is whole, and a document with a fault is refused saying where.
final class CampaignFileTest {
    private static String demonstration() {
        try (var in = CampaignFileTest.class.getResourceAsStream("/demo/sanctuary-campus.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theDemonstrationHasItsTenDemandsTwelveCampusesAndFivePetitions() {
        var campaign = CampaignFile.parse(demonstration());

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
                .containsExactly("Migration Policy Institute, August 2015");
        assertThat(campaign.actions())
                .allMatch(action -> action.date().toString().equals("2016-11-16"));
    }

    @Test
    void aFaultIsSaidWithTheLineAndColumnOfTheValue() {
        var document = demonstration();
        var wrong = document.replace("\"zone\": \"America/Los_Angeles\"", "\"zone\": \"Los Angeles\"");
        var lines = wrong.lines().toList();
        var line = 0;
        while (!lines.get(line).contains("\"Los Angeles\"")) line++;
        var column = lines.get(line).indexOf("\"Los Angeles\"") + 1;

        assertThatThrownBy(() -> CampaignFile.parse(wrong))
                .hasMessageStartingWith(
                        "line " + (line + 1) + ", column " + column + ": campuses[1].zone is not a time zone");
    }

    @Test
    void theExampleShowsEveryPart() throws Exception {
        var campaign = CampaignFile.parse(Files.readString(Path.of("../docs/examples/lanterns.json")));

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
                "\"zone\": \"America/New_York\" | \"zone\": \"Boston\" | is not a time zone",
                "\"campus\": \"tufts.edu\" | \"campus\": \"tuft.edu\" | campus names tuft.edu, which is not there",
                "\"slug\": \"usc-sanctuary\" | \"slug\": \"tufts-sanctuary\" | petitions has tufts-sanctuary twice",
                "\"words\": \"more than 2,600\" | \"words\": 7 | figures[0].words is not a text",
                "\"statements\": [ | \"statements\": [, | line ",
            })
    void aFaultIsSaidWithItsPlace(String right, String wrong, String says) {
        var document = demonstration();
        assertThat(document).contains(right);

        assertThatThrownBy(() -> CampaignFile.parse(document.replaceFirst(java.util.regex.Pattern.quote(right), wrong)))
                .isInstanceOf(WrongDocument.class)
                .hasMessageStartingWith("line ")
                .hasMessageContaining(says);
    }
}
