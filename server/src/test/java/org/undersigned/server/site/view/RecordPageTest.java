package org.undersigned.server.site.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.server.count.box.Boxes;
import org.undersigned.server.count.register.Register;
import org.undersigned.server.site.BoxCounts;
import org.undersigned.server.site.PageRenderer;
import org.undersigned.server.site.TestPages;
import org.undersigned.server.support.ExampleCampaign;

/// Tests what the record page shows next to its counts.
final class RecordPageTest {
    private static final Instant NOON = Instant.parse("2040-11-10T12:00:00Z");

    private static final List<Register.CardBatch> CARDS = List.of(
            new Register.CardBatch("abcd2345", List.of("lantern.example"), 200, LocalDate.parse("2040-11-08"), 60),
            new Register.CardBatch("wxyz2345", List.of("lantern.example"), 50, LocalDate.parse("2040-11-09"), null));

    @Test
    void itSaysHowManyCardsWereMadeAndUsed() {
        assertThat(record(10).select("[data-testid=cards] li").eachText())
                .containsExactly(
                        "lantern.example · November 8, 2040: 200 cards made. At most 60 were used; the others are cancelled.",
                        "lantern.example · November 9, 2040: 50 cards made. They can be used.");
    }

    private static Document record(int signatures) {
        return record(signatures, 0);
    }

    private static Document record(int entries, int withdrawals) {
        var campaign = ExampleCampaign.campaign();
        var petition = campaign.countables().findFirst().orElseThrow();
        var size = entries + withdrawals + 1;
        var count = new Boxes.ClassCount("member", entries, withdrawals, List.of());
        var batch = new Boxes.Batch("member", size, NOON, entries - withdrawals);
        var counted = new BoxCounts("box", size, true, NOON, List.of(count), List.of(), List.of(batch), List.of());
        var note = "sign.example/box/box\n" + size + "\nroot=\n";
        var view = new RecordPage(
                campaign,
                petition,
                note,
                "{}",
                "/text/x.json",
                "key",
                List.of(),
                "https://sign.example/p/lights",
                List.of(RecordPage.Verifier.of(
                        URI.create("https://other.example/verifier/"), "https://sign.example/p/lights")),
                null,
                CARDS);
        var page = TestPages.of("en", "https://sign.example");
        return Jsoup.parse(new PageRenderer().render("record", page, Map.of("view", view, "counted", counted)));
    }

    private static String words(int signatures) {
        return record(signatures).text();
    }

    @Test
    void aCopyOfTheCheckerGetsTheAddressInTheFragment() {
        var link = record(10).select("#recount a[href^=https://other.example]");

        assertThat(link.attr("href")).isEqualTo("https://other.example/verifier/#https://sign.example/p/lights");
        assertThat(link.text()).isEqualTo("Recount with the checker of other.example");
    }

    @Test
    void itSaysWhereTheProgramThatRecountsIs() {
        assertThat(record(10).select("a[href=" + TestPages.PROGRAM + "]").text())
                .isEqualTo("Get the program");
    }

    @Test
    void aWithdrawalCountUnderTenIsHidden() {
        assertThat(record(43, 3).text())
                .contains("fewer than 10 withdrew 40")
                .doesNotContain("43", "47 entries", "root=", " 3 ");
        assertThat(record(40, 0).text()).contains("40 0 40", "41 entries");
        assertThat(record(50, 10).text()).contains("50 10 40", "61 entries");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 9})
    void withAFewSignaturesItTellsNeitherTheirNumberNorTheRecordsLength(int signatures) {
        assertThat(words(signatures))
                .contains("fewer than 10", "a recount reads it")
                .doesNotContain(signatures + 1 + " entries", "root=", signatures + " signatures");
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 2600})
    void withMoreItTellsBothAndTheCheckpoint(int signatures) {
        assertThat(words(signatures)).contains(String.format("%,d entries", signatures + 1), "root=");
    }
}
