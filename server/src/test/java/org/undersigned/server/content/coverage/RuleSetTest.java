package org.undersigned.server.content.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.undersigned.server.content.coverage.SourcedBounds.Basis;

/// Each rule set contains exactly the numbers that its organization published (docs/CLAIMS.md).
final class RuleSetTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "as-printed | a dozen             | 12     | 12     | PRINTED",
                "as-printed | dozens              | 24     | -      | PRINTED",
                "as-printed | decenas             | 20     | -      | PRINTED",
                "as-printed | scores              | 40     | -      | PRINTED",
                "as-printed | several hundred     | 200    | -      | PRINTED",
                "as-printed | Thousands           | 2000   | -      | PRINTED",
                "as-printed | a handful           | -      | -      | PRINTED",
                "as-printed | about 2,000         | -      | -      | PRINTED",
                "ccc        | hundreds            | 200    | 200    | RULE",
                "ccc        | cientos             | 200    | 200    | RULE",
                "ccc        | thousands           | 2000   | 2000   | RULE",
                "ccc        | tens of thousands   | 20000  | 20000  | RULE",
                "ccc        | hundreds of thousands | 200000 | 200000 | RULE",
                "ccc        | dozens              | 24     | -      | NOT_DOCUMENTED",
                "ccc        | several hundred     | 200    | -      | NOT_DOCUMENTED",
                "ccc        | millions            | 2000000 | -     | NOT_DOCUMENTED",
                "ccc        | more than 200       | 200    | -      | PRINTED",
                "count-love | a dozen             | 10     | -      | RULE",
                "count-love | dozens              | 20     | -      | RULE",
                "count-love | several dozen       | 20     | -      | RULE",
                "count-love | hundreds            | 100    | -      | RULE",
                "count-love | several hundred     | 200    | -      | RULE",
                "count-love | thousands           | 1000   | -      | RULE_AND_SO_FORTH",
                "count-love | scores              | 40     | -      | NOT_DOCUMENTED",
                "count-love | more than a dozen   | 12     | -      | PRINTED",
                "acled      | dozens              | 24     | -      | NOT_DOCUMENTED",
                "acled      | hundreds            | 200    | -      | NOT_DOCUMENTED",
                "acled      | between 10 and 15   | 10     | 15     | PRINTED",
            })
    void aCrowdIsBoundedAsTheOrganizationWrote(String rules, String words, Long low, Long high, Basis basis) {
        var bounds = RuleSet.of(rules).orElseThrow().boundsOf(CrowdPhrases.read(words), Measure.ATTENDED);

        assertThat(bounds).isEqualTo(new SourcedBounds(new Bounds(low, high), basis));
    }

    @Test
    void aRuleForCrowdsSaysNothingOfSignatures() {
        var thousands = CrowdPhrases.read("Thousands");

        assertThat(RuleSet.COUNT_LOVE.boundsOf(thousands, Measure.SIGNED))
                .isEqualTo(new SourcedBounds(Bounds.atLeast(2000), Basis.NOT_DOCUMENTED));
    }

    @Test
    void everyOrganizationsRuleNamesItsSourceInFifteenWords() {
        assertThat(RuleSet.AS_PRINTED.source()).isNull();
        for (var rules : RuleSet.values()) {
            var source = rules.source();
            if (source == null) continue;
            assertThat(source.address()).startsWith("https://");
            assertThat(source.quote().split("\\s+", -1)).as(rules.key()).hasSizeLessThanOrEqualTo(15);
        }
        assertThat(Arrays.stream(RuleSet.values()).filter(rules -> !rules.isDocumented()))
                .containsExactly(RuleSet.ACLED);
    }

    @Test
    void everyRuleSetIsFoundByItsKey() {
        for (var rules : RuleSet.values()) {
            assertThat(RuleSet.of(rules.key())).contains(rules);
        }
        assertThat(RuleSet.of("CCC")).isEmpty();
    }

    @Test
    void boundsInTheWrongOrderAreRefused() {
        assertThatThrownBy(() -> new Bounds(2L, 1L)).hasMessage("low is above high");
        assertThatThrownBy(() -> new Bounds(-1L, null)).hasMessage("low is negative");
        assertThatThrownBy(() -> Bounds.atMost(-1)).hasMessage("high is negative");
        assertThat(Bounds.NONE.isNone()).isTrue();
    }
}
