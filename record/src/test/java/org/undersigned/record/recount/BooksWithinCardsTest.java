package org.undersigned.record.recount;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.undersigned.record.LedgerLeaf;
import org.undersigned.record.Manifest;

/// What the ledger says about cards bounds the books and signatures of the class `in-person`. Public like
/// [TamperingTest].
public class BooksWithinCardsTest {
    /// Recounts the box of `site`.
    protected Report recount(FakeSite site) {
        return site.recount();
    }

    private String failures(FakeSite site) {
        return RecountTest.failuresOf(recount(site));
    }

    /// A site with 20 cards, of which 12 drew, and 9 signatures in person.
    private static FakeSite table() {
        var site = FakeSite.busy();
        site.makeCards("abcd2345", 20);
        for (int i = 0; i < 9; i++) site.sign(Manifest.IN_PERSON, 0);
        site.publish();
        site.tally(Manifest.IN_PERSON, 12);
        return site;
    }

    @Test
    void signaturesInPersonAreCountedForThemselves() {
        var site = table();
        site.cancelCards("abcd2345", 20);

        var report = recount(site);

        assertThat(report.ok()).as(report.toString()).isTrue();
        assertThat(report.count(Manifest.IN_PERSON)).isEqualTo(9);
        assertThat(report.count(Manifest.MEMBER)).isEqualTo(22);
        assertThat(report.toString()).contains("20 cards made in 1 batch, 1 of them cancelled; at most 20");
    }

    @Test
    void moreBooksThanCardsAreNamed() {
        var site = table();
        site.tally(Manifest.IN_PERSON, 10);

        assertThat(failures(site))
                .contains("22 books drawn in person at lantern.edu, but at most 20 cards could draw one");
    }

    @Test
    void cancelledCardsDrawNoMore() {
        var site = table();
        site.cancelCards("abcd2345", 20);
        site.makeCards("wxyz2345", 10);
        site.tally(Manifest.IN_PERSON, 18);
        assertThat(recount(site).ok()).isTrue(); // 30 books with 20 and 10 cards

        var few = FakeSite.busy();
        few.makeCards("abcd2345", 50);
        few.cancelCards("abcd2345", 10);
        few.tally(Manifest.IN_PERSON, 12);

        assertThat(failures(few)).contains("12 books drawn in person").contains("at most 10 cards");
    }

    @Test
    void signaturesWithoutCardsAreNamedBeforeAnyTally() {
        var site = FakeSite.busy();
        site.makeCards("abcd2345", "other.edu", 100);
        site.sign(Manifest.IN_PERSON, 0);
        site.publish();

        assertThat(failures(site)).contains("1 signatures of class in-person, but at most 0 cards");
    }

    /// Cards that are made later do not explain signatures that are there.
    @Test
    void signaturesBeforeTheCardsAreNamed() {
        var site = FakeSite.busy();
        site.sign(Manifest.IN_PERSON, 0);
        site.publish();
        site.makeCards("abcd2345", 1_000);

        assertThat(failures(site))
                .contains("ledger leaf 7: 1 signatures of class in-person, but at most 0 cards could draw a book");
    }

    /// A campus that joins a roll later can use the roll's cards.
    @Test
    void cardsBelongToARollWhateverCampusesItServes() {
        var site = FakeSite.open();
        site.record(new LedgerLeaf.CardsMade(
                "abcd2345",
                "lantern.edu",
                List.of("another.edu"),
                10,
                LocalDate.parse("2016-11-22"),
                Instant.parse("2016-11-24T12:00:00Z")));
        site.sign(Manifest.IN_PERSON, 0);
        site.publish();

        assertThat(recount(site).ok()).isTrue();
    }

    @Test
    void cardsAreMadeAndCancelledOnce() {
        var site = table();
        site.makeCards("abcd2345", 500);
        site.cancelCards("abcd2345", 20);
        site.cancelCards("abcd2345", 500);
        site.cancelCards("wxyz2345", 10);

        assertThat(failures(site))
                .contains("the cards abcd2345 were made before")
                .contains("the cards abcd2345 were cancelled before")
                .contains("the cards wxyz2345 were never made");
    }
}
