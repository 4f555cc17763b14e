package org.undersigned.server.publish.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.count.box.Boxes;
import org.undersigned.server.site.BoxCounts;
import org.undersigned.server.site.Messages;
import org.undersigned.server.site.PageContext;
import org.undersigned.server.site.PageHead;
import org.undersigned.server.site.view.PetitionPage;
import org.undersigned.server.support.ExampleCampaign;

/// Tests which counts the head of a page shows.
final class PageHeadsTest {
    private static final Instant NOON = Instant.parse("2040-11-10T12:00:00Z");

    private static Campaign lanterns;

    @BeforeAll
    static void read() throws IOException {
        lanterns = ExampleCampaign.campaign();
    }

    private static PageContext page(String language) {
        return new PageContext(
                language,
                true,
                "/",
                "https://sign.example.org",
                false,
                new Messages(language),
                name -> "/" + name,
                true,
                null);
    }

    private static BoxCounts counted(Boxes.ClassCount... classes) {
        var batches = List.of(new Boxes.Batch("member", 20, NOON, 12));
        return new BoxCounts("box", 20, true, NOON.plusSeconds(60), List.of(classes), List.of(), batches, List.of());
    }

    private static Boxes.ClassCount count(String cls, long entries, long withdrawals) {
        return new Boxes.ClassCount(cls, entries, withdrawals, List.of());
    }

    private static PageHead head(String language, BoxCounts counted) {
        var petition = lanterns.petition("lantern-lights").orElseThrow();
        var campus = lanterns.campus(petition.campus()).orElseThrow();
        return PageHeads.petition(
                page(language),
                new PetitionPage(lanterns, petition, campus, PetitionPage.asToday(lanterns, petition)),
                counted);
    }

    @Test
    void aCountUnderTenIsNeverShown() {
        var head = head("en", counted(count("member", 12, 3)));

        assertThat(head.pictured()).contains("Counted on November 10, 2040: Fewer than 10 signatures");
        assertThat(head.data()).contains("CreativeWork").doesNotContain("InteractionCounter", "userInteractionCount");
        assertThat(head("es", counted(count("member", 12, 3))).pictured())
                .contains("Recuento del 10 de noviembre de 2040: Menos de 10 firmas");
    }

    /// The count is published on November 11 in UTC; in Colorado it is still the evening of November 10.
    @Test
    void theDayIsTheCampussOwn() {
        var batch = new Boxes.Batch("member", 20, Instant.parse("2040-11-11T03:00:00Z"), 12);
        var counted = new BoxCounts(
                "box", 20, true, NOON, List.of(count("member", 12, 0)), List.of(), List.of(batch), List.of());

        assertThat(head("en", counted).pictured()).contains("Counted on November 10, 2040");
        assertThat(CardContents.campaign(page("en"), lanterns, Map.of("/p/lantern-lights", counted))
                        .counted())
                .isEqualTo("Counted on November 10, 2040");
    }

    @Test
    void whatCanBeFollowedIsNamedWithTheLanguageOfThePageSinceProgramsSayNone() {
        var follow = head("es", counted(count("member", 12, 0))).alternates();

        assertThat(follow)
                .extracting(PageHead.Alternate::type, PageHead.Alternate::href)
                .contains(
                        tuple("text/calendar", "https://sign.example.org/k/lantern-walk/actions.ics?lang=es"),
                        tuple("application/atom+xml", "https://sign.example.org/k/lantern-walk/feed.atom?lang=es"));
    }

    @Test
    void classesOfSignersAreNeverAdded() {
        var head = head("en", counted(count("member", 2613, 0), count("supporter", 44, 0), count("in-person", 4, 0)));

        assertThat(head.pictured())
                .contains("2,613 signatures · Members of the campus")
                .contains("44 signatures · Supporters")
                .contains("Fewer than 10 signatures · Members, by code card")
                .doesNotContain("2,657", "2,661");
        assertThat(head.data())
                .contains("\"userInteractionCount\":2613", "\"userInteractionCount\":44")
                .doesNotContain("2657", "2661", "\"userInteractionCount\":4,");
    }

    @Test
    void aPageOfALanguageIsItselfAndTheOtherIsAnAlternative() {
        var explicit = page("es");
        var negotiated = new PageContext(
                "es", false, "/", "https://sign.example.org", false, new Messages("es"), name -> name, true, null);

        assertThat(explicit.address("/p/x")).isEqualTo("https://sign.example.org/p/x?lang=es");
        assertThat(negotiated.address("/p/x")).isEqualTo("https://sign.example.org/p/x");
        assertThat(negotiated.address("/p/x", "en")).isEqualTo("https://sign.example.org/p/x?lang=en");
    }
}
