package org.undersigned.record.recount;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageNumberTest {
    private static final String BOX = "a".repeat(26);

    @Test
    void itIsFoundHoweverItsAttributesStand() {
        assertThat(PageNumber.of("""
                <data value='1200' class="big count"
                  data-size="1301" data-class="member" data-box="%s">1,200</data> <data value="3">x</data>
                <data class="count" data-box="bbbb" data-class="member" data-size="1" value="1">1</data>
                """.formatted(BOX)))
                .containsExactly(
                        new PageNumber(BOX, "member", 1301, "1200", "1,200"),
                        new PageNumber("bbbb", "member", 1, "1", "1"));
    }

    @Test
    void aNumberWithoutASizeSaysSo() {
        assertThat(PageNumber.of("<data class=\"count\" data-box=\"%s\" value=\"7\">".formatted(BOX)))
                .containsExactly(new PageNumber(BOX, "", -1, "7", null));
    }

    @Test
    void aHostilePageIsReadInOneGo() {
        assertThat(PageNumber.of("<data ".repeat(200_000) + "\"'".repeat(200_000)))
                .isEmpty();
    }

    private static PageNumber number(String value, String read) {
        return new PageNumber(BOX, "member", 1, value, read);
    }

    @Test
    void whatPeopleReadMustBeTheNumber() {
        assertThat(number("2600", "2,600").visibleTextMatchesValue()).isTrue();
        assertThat(number("2600", " 2.600 ").visibleTextMatchesValue()).isTrue();
        assertThat(number("2600", "999,999").visibleTextMatchesValue()).isFalse();
        assertThat(number("2600", "").visibleTextMatchesValue()).isFalse();
        assertThat(PageNumber.of("<data class=\"count\" value=\"7\"><b>9</b></data>")
                        .getFirst()
                        .visibleTextMatchesValue())
                .isFalse();
    }

    @Test
    void onlyTheExactNumberOrFewerThanTenIsTrue() {
        assertThat(number("12", "12").isCorrectFor(12)).isTrue();
        assertThat(number("012", "12").isCorrectFor(12)).isFalse();
        assertThat(number("<10", "").isCorrectFor(9)).isTrue();
        assertThat(number("<10", "").isCorrectFor(10)).isFalse();
        assertThat(number("", "").isCorrectFor(0)).isFalse();
    }
}
