package org.undersigned.record.recount;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.undersigned.record.BoxId;

class PageNumberTest {
    private static final BoxId BOX = BoxId.of("a".repeat(26));

    @Test
    void itIsFoundHoweverItsAttributesStand() {
        assertThat(PageNumber.of(BOX, """
                <data value='1200' class="big count"
                  data-size="1301" data-class="member" data-box="%s">1,200</data> <data value="3">x</data>
                <data class="count" data-box="bbbb" data-class="member" data-size="1" value="1">1</data>
                """.formatted(BOX))).containsExactly(new PageNumber("member", 1301, "1200"));
    }

    @Test
    void aNumberWithoutASizeSaysSo() {
        assertThat(PageNumber.of(BOX, "<data class=\"count\" data-box=\"%s\" value=\"7\">".formatted(BOX)))
                .containsExactly(new PageNumber("", -1, "7"));
    }

    @Test
    void aHostilePageIsReadInOneGo() {
        assertThat(PageNumber.of(BOX, "<data ".repeat(200_000) + "\"'".repeat(200_000)))
                .isEmpty();
    }

    @Test
    void onlyTheExactNumberOrFewerThanTenIsTrue() {
        assertThat(new PageNumber("member", 1, "12").shows(12)).isTrue();
        assertThat(new PageNumber("member", 1, "012").shows(12)).isFalse();
        assertThat(new PageNumber("member", 1, "<10").shows(9)).isTrue();
        assertThat(new PageNumber("member", 1, "<10").shows(10)).isFalse();
        assertThat(new PageNumber("member", 1, "").shows(0)).isFalse();
    }
}
