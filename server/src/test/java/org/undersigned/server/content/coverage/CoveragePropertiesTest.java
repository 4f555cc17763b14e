package org.undersigned.server.content.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.document.LocalizedText;

/// Properties that hold for every text and every graph of citations.
final class CoveragePropertiesTest {
    /// Sentences of words that the reader knows: they reach its rare cases far more often than random letters.
    @Provide
    Arbitrary<String> sentences() {
        var words = new ArrayList<String>();
        words.addAll(Vocabulary.MODIFIERS.keySet());
        words.addAll(Vocabulary.SUFFIX_MODIFIERS.keySet());
        words.addAll(Vocabulary.VAGUE.keySet());
        words.addAll(Vocabulary.GROUPS.keySet());
        words.addAll(Vocabulary.SMALL.keySet());
        words.addAll(Vocabulary.SCALES.keySet());
        words.addAll(Vocabulary.HALVES.keySet());
        words.addAll(Vocabulary.ONE);
        words.addAll(List.of("and", "y", "to", "-", "2,600", "2.600", "0", "15", "1.5", "999999999999999", "people"));
        return Arbitraries.of(words).list().ofMaxSize(12).map(list -> String.join(" ", list));
    }

    private static Claim claim(String words, String reporter, @Nullable String cites) {
        var subject = new LocalizedText("Walkout", "Paro");
        return new Claim(
                List.of(), subject, Measure.ATTENDED, words, null, LocalDate.of(2016, 11, 16), reporter, cites);
    }

    private static void everyRuleBounds(String words) {
        for (var rules : RuleSet.values()) {
            for (var measure : Measure.values()) {
                var bounds = rules.boundsOf(CrowdPhrases.read(words), measure).bounds();
                if (bounds.low() != null && bounds.high() != null) {
                    assertThat(bounds.low()).isLessThanOrEqualTo(bounds.high());
                }
            }
        }
    }

    @Property(tries = 2000)
    void anyTextIsReadWithoutThrowing(@ForAll String text) {
        everyRuleBounds(text);
    }

    @Property(tries = 5000)
    void anySentenceOfKnownWordsIsReadWithoutThrowing(@ForAll @From("sentences") String text) {
        everyRuleBounds(text);
    }

    @Property
    void theWordsStayAsPrinted(@ForAll @From("sentences") String words) {
        var claim = claim(words, "W", null);

        var unused = claim.bounds(RuleSet.COUNT_LOVE);

        assertThat(claim.words()).isEqualTo(words);
    }

    @Property
    void aPrintedNumberIsReadBack(@ForAll @LongRange(min = 0, max = Numerals.MOST) long number) {
        var english = String.format(Locale.ROOT, "%,d", number);

        assertThat(CrowdPhrases.read("" + number)).isEqualTo(new LiteralReading.Exactly(number));
        assertThat(CrowdPhrases.read(english)).isEqualTo(new LiteralReading.Exactly(number));
        assertThat(CrowdPhrases.read(english.replace(',', '.'))).isEqualTo(new LiteralReading.Exactly(number));
        assertThat(CrowdPhrases.read(english.replace(',', '\u00a0'))).isEqualTo(new LiteralReading.Exactly(number));
        assertThat(CrowdPhrases.read("more than " + english + " people"))
                .isEqualTo(new LiteralReading.MoreThan(number));
    }

    @Property
    void noBoundIsPrintedThatTheWordsDoNotPrint(@ForAll @LongRange(min = 0, max = 1_000_000) long number) {
        for (var phrase : List.of("over %d", "at least %d", "nearly %d", "up to %d", "casi %d", "más de %d")) {
            var bounds = RuleSet.AS_PRINTED
                    .boundsOf(CrowdPhrases.read(phrase.formatted(number)), Measure.SIGNED)
                    .bounds();

            assertThat(bounds.low() == null ? bounds.high() : bounds.low())
                    .as(phrase)
                    .isEqualTo(number);
        }
    }

    @Provide
    Arbitrary<Claim> claims() {
        var voices = Arbitraries.of("W", "U", "M", "The Tab", "A website");
        return net.jqwik.api.Combinators.combine(voices, voices.injectNull(0.3))
                .as((reporter, cites) -> claim("dozens", reporter, cites));
    }

    @Property
    void everyClaimHasOneOriginWhateverTheWebOfCitations(@ForAll @Size(max = 8) List<@From("claims") Claim> claims) {
        var origins = CitationChain.origins(claims);

        assertThat(origins.stream().flatMap(origin -> origin.claims().stream()))
                .containsExactlyInAnyOrderElementsOf(claims);
        assertThat(origins).extracting(CitationChain.Origin::voice).doesNotHaveDuplicates();
    }
}
