package org.undersigned.server.content.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.CampaignParser;
import org.undersigned.server.content.coverage.SourcedBounds.Basis;
import org.undersigned.server.content.document.LocalizedText;

/// The figures of the demonstration campaign as claims, and the citations between their reporters.
final class CoverageTest {
    private static final LocalizedText WALKOUT = new LocalizedText("Walkout", "Paro");

    private static Campaign demonstration() {
        try (var in = CoverageTest.class.getResourceAsStream("/demo/sanctuary-campus.json")) {
            return CampaignParser.parse(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Claim claim(String reporter, @Nullable String cites) {
        return new Claim(List.of(), WALKOUT, Measure.HELD, "dozens", null, LocalDate.of(2016, 11, 16), reporter, cites);
    }

    @Test
    void everyPrintedFigureOfTheDemonstrationIsRead() {
        assertThat(Claim.allOf(demonstration()))
                .extracting(claim ->
                        claim.measure().key() + ": " + claim.words() + ": " + CrowdPhrasesTest.said(claim.reading()))
                .containsExactly(
                        "signed: more than 2,600: > 2600",
                        "signed: surpassed 4,800: > 4800",
                        "signed: Thousands: THOUSANDS",
                        "attended: dozens: DOZENS",
                        "attended: More than 200: > 200",
                        "attended: between 10 and 15: 10 - 15",
                        "attended: about 2,000: ~ 2000",
                        "attended: a mob: CROWD",
                        "attended: hundreds: HUNDREDS",
                        "attended: small group: SMALL_GROUP",
                        "held: more than 100 colleges and universities: > 100",
                        "planned: nearly 80 college campuses: < 80",
                        "estimated: an estimated 11 million: ~ 11000000",
                        "estimated: 156,000: = 156000");
    }

    @Test
    void whatTheEditorGaveIsWhatTheWordsSayAsPrinted() {
        for (var claim : Claim.allOf(demonstration())) {
            if (claim.given() == null) continue;
            assertThat(claim.bounds(RuleSet.COUNT_LOVE)).isEqualTo(new SourcedBounds(claim.given(), Basis.EDITOR));
            assertThat(RuleSet.AS_PRINTED
                            .boundsOf(claim.reading(), claim.measure())
                            .bounds())
                    .as(claim.words())
                    .isEqualTo(claim.given());
        }
    }

    @Test
    void theSameWordsAreBoundedDifferentlyByEachRuleSetAndStayTheSameWords() {
        var miami = Claim.allOf(demonstration()).get(8);

        assertThat(miami.bounds(RuleSet.AS_PRINTED).bounds()).isEqualTo(Bounds.atLeast(200));
        assertThat(miami.bounds(RuleSet.CROWD_COUNTING_CONSORTIUM).bounds()).isEqualTo(Bounds.exactly(200));
        assertThat(miami.bounds(RuleSet.COUNT_LOVE).bounds()).isEqualTo(Bounds.atLeast(100));
        assertThat(miami.bounds(RuleSet.ACLED).basis()).isEqualTo(Basis.NOT_DOCUMENTED);
        assertThat(miami.words()).isEqualTo("hundreds");
    }

    @Test
    void plannedAndHeldAreNotSetAgainstEachOther() {
        var claims = Claim.allOf(demonstration());

        assertThat(claims.get(10).comparable(claims.get(11))).isFalse();
        assertThat(claims.get(10).comparable(claims.get(10))).isTrue();
    }

    @Test
    void aFigureThatCitesNobodyRestsOnItsReporter() {
        var claims = Claim.allOf(demonstration());

        assertThat(CitationChain.of(claims.get(0), List.of()).origin()).isEqualTo("WGBH News (On Campus), Boston");
        assertThat(CitationChain.of(claims.get(12), List.of()).voices())
                .containsExactly("CBS Miami", "Migration Policy Institute");
    }

    @Test
    void threeStoriesAfterOneVoiceAreOneSource() {
        var origins = CitationChain.origins(List.of(
                claim("W", "the organizers"), claim("U", "W"), claim("M", "The  Organizers"), claim("P", null)));

        assertThat(origins).extracting(CitationChain.Origin::voice).containsExactly("the organizers", "P");
        assertThat(origins).extracting(CitationChain.Origin::reporters).containsExactly(3, 1);
    }

    @Test
    void storiesThatCiteEachOtherHaveNoOrigin() {
        var claims = List.of(claim("M", "U"), claim("U", "W"), claim("W", "U"));
        var known = claims.stream().flatMap(Claim::citation).toList();

        var chain = CitationChain.of(claims.getFirst(), known);

        assertThat(chain).isEqualTo(new CitationChain(List.of("M", "U", "W"), true));
        assertThat(chain.origin()).isNull();
        assertThat(CitationChain.origins(claims)).singleElement().satisfies(origin -> {
            assertThat(origin.voice()).isEqualTo("U");
            assertThat(origin.circular()).isTrue();
            assertThat(origin.reporters()).isEqualTo(3);
        });
    }

    @Test
    void aStoryThatCitesItselfIsACircleOfOne() {
        assertThat(CitationChain.origins(List.of(claim("W", "w"))).getFirst().circular())
                .isTrue();
    }

    @Test
    void aVoiceThatCitesTwoEndsTheChain() {
        var known = List.of(new CitationChain.Citation("W", "a"), new CitationChain.Citation("W", "b"));

        assertThat(CitationChain.of(claim("U", "W"), known).voices()).containsExactly("U", "W");
    }

    @Test
    void aChainHasAReporterAndNoVoiceTwice() {
        assertThatThrownBy(() -> new CitationChain(List.of(), false)).hasMessage("a chain must have a reporter");
        assertThatThrownBy(() -> new CitationChain(List.of("W", " w"), false)).hasMessage("a voice appears twice");
    }
}
