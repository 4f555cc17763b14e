package org.undersigned.record.recount;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.undersigned.record.Manifest;
import org.undersigned.record.WitnessPolicy;
import org.undersigned.tlog.Cosigner;

/// The recount of a valid record returns its counts, also while the record grows. Public like [TamperingTest].
public class RecountTest {
    /// Recounts the box of `site`.
    protected Report recount(FakeSite site) {
        return site.recount();
    }

    @Test
    void aTrueRecordRecountsToItsNumbers() {
        var report = recount(FakeSite.busy());

        assertThat(report.checks()).allMatch(Check::ok);
        assertThat(report.ok()).isTrue();
        assertThat(report.count("member")).isEqualTo(22);
        assertThat(report.count("supporter")).isEqualTo(5);
        assertThat(report.counts()).contains(new Report.ClassCount("member", 24, 2));
        assertThat(report.log().size()).isEqualTo(1 + 24 + 5 + 2);
        assertThat(report.checks())
                .extracting(Check::name)
                .containsExactly(
                        "register key",
                        "register checkpoint",
                        "register tree",
                        "register leaves",
                        "register cosignatures",
                        "manifest",
                        "ledger checkpoint",
                        "ledger tree",
                        "ledger leaves",
                        "registered checkpoints",
                        "ledger cosignatures",
                        "text",
                        "one box for each page",
                        "witnesses",
                        "box checkpoint",
                        "box tree",
                        "issuer keys",
                        "entries",
                        "withdrawals",
                        "who counts",
                        "signatures ≤ books",
                        "books in person ≤ cards",
                        "numbers on the page");
        assertThat(report.totals()).anyMatch(line -> line.contains("29 tokens"));
    }

    @Test
    void anEmptyBoxHasNobody() {
        var report = recount(FakeSite.open());

        assertThat(report.checks()).allMatch(Check::ok);
        assertThat(report.count("member")).isZero();
    }

    @Test
    void aBoxOfSeveralTilesIsReadToTheEnd() {
        var site = FakeSite.open();
        for (int i = 0; i < 520; i++) {
            site.sign("member", 0);
            if (i % 100 == 99) site.publish();
        }
        site.publish();
        site.showCounts(520, 0);

        assertThat(recount(site).checks()).allMatch(Check::ok);
        assertThat(recount(site).count("member")).isEqualTo(520);

        site.flip(site.boxFile("tile/1/000.p/2"), 40);
        assertThat(failures(site)).contains("box tile/1/000.p/2: hash 1");
    }

    @Test
    void aPartialTileThatIsGoneIsCutFromTheFullOne() {
        var site = FakeSite.open();
        for (int i = 0; i < 20; i++) site.sign("member", 0);
        site.publish();
        String checkpoint = new String(site.files.get(site.boxFile("checkpoint")), UTF_8);
        for (int i = 0; i < 240; i++) site.sign("member", 0);
        site.publish();
        site.files.keySet().removeIf(path -> path.contains("000.p/21"));
        site.files.put(site.boxFile("checkpoint"), checkpoint.getBytes(UTF_8));

        // the checkpoint is older than the register's: a finding, but all its 21 leaves are read
        var report = recount(site);
        assertThat(report.count("member")).isEqualTo(20);
        assertThat(report.toString()).contains("checkpoint of 261 leaves, but the box has only 21");
    }

    @Test
    void aSiteThatGrowsWhileItIsReadIsStillRight() {
        var site = FakeSite.busy();
        site.onPage(() -> {
            for (int i = 0; i < 12; i++) site.sign("member", 0);
            site.publish();
            site.tally("member", 20);
        });

        var report = recount(site);

        assertThat(report.checks()).allMatch(Check::ok);
        assertThat(report.count("member")).isEqualTo(34);
    }

    @Test
    void aPageFromBeforeTheFirstBatchShowsNoNumberYet() {
        var site = FakeSite.open();
        site.edit(
                FakeSite.PAGE,
                page -> new String(page, UTF_8)
                        .replaceAll("<data[^>]*>[^<]*</data>", "none yet")
                        .getBytes(UTF_8));
        site.onPage(() -> {
            for (int i = 0; i < 12; i++) site.sign("member", 0);
            site.publish();
        });
        assertThat(recount(site).checks()).allMatch(Check::ok);

        // the second recount fails: the page omits a count that the register knew before
        assertThat(failures(site)).contains("the page marks no number of class member, but the box gives 12");
    }

    @Test
    void unknownLeavesOfTheRegisterAreCountedAndShown() {
        assertThat(recount(FakeSite.open()).toString()).contains("1 unknown weather.noted");
    }

    @Test
    void aClosedBoxSaysWhichKeysAreGone() {
        var site = FakeSite.busy();
        site.close();
        assertThat(recount(site).checks())
                .allMatch(Check::ok)
                .anyMatch(check -> check.name().equals("closed"));

        site.sign("member", 0);
        site.publish();
        assertThat(failures(site))
                .contains("closed with 32 leaves, but the box has 33")
                .contains("after it closed");
    }

    @Test
    void aQuorumOfTheNamedWitnessesMustHaveCosigned() {
        var site = FakeSite.busy();
        assertThat(recount(site).toString()).contains("the instance names no witnesses");
        var witness = Cosigner.ed25519("witness.example", new byte[32]);
        site.nameWitness(witness);
        assertThat(recount(site).checks()).allMatch(Check::ok);
        assertThat(recount(site).toString()).contains("1 of witness.example (register leaf 6)");

        site.loseWitness();
        site.tally("member", 10);
        assertThat(failures(site))
                .contains("the ledger's checkpoint of " + site.ledgerSize()
                        + " leaves is cosigned by 0 witnesses, but the instance names 1 of witness.example");

        site.identify(WitnessPolicy.NONE);
        assertThat(failures(site)).contains("register leaf 6: 1 of witness.example, but /.well-known");
    }

    @Test
    void aSupersededBoxStillRecounts() {
        var site = FakeSite.busy();
        site.supersede();
        site.edit(FakeSite.PAGE, _ -> "<title>Lanterns</title>".getBytes(UTF_8)); // the new box has no number yet

        var report = recount(site);

        assertThat(report.checks()).allMatch(Check::ok);
        assertThat(report.count("member")).isEqualTo(22);
        assertThat(report.toString()).contains("superseded by box");
    }

    @Test
    void thePageOfASupersededBoxShowsNumbersOfBoth() {
        var site = FakeSite.busy();
        var old = new String(Objects.requireNonNull(site.files.get(FakeSite.PAGE)), UTF_8);
        var next = site.supersede();
        site.edit(FakeSite.PAGE, _ -> (old + mark(next, 0)).getBytes(UTF_8));
        assertThat(recount(site).checks()).allMatch(Check::ok);

        site.edit(FakeSite.PAGE, _ -> (old.replace("22", "23") + mark(next, 0)).getBytes(UTF_8));
        assertThat(failures(site)).contains("the page says 23 of class member at 32 leaves, but the box gives 22");

        var elsewhere = site.openAnother("/p/elsewhere", site.manifest.opens());
        site.edit(FakeSite.PAGE, _ -> (old + mark(elsewhere, 0)).getBytes(UTF_8));
        assertThat(failures(site)).contains("of another box, " + elsewhere.box());
    }

    private static String mark(Manifest of, int count) {
        return "<data class=\"count\" data-box=\"%s\" data-class=\"member\" data-size=\"1\" value=\"%d\">%d</data>"
                .formatted(of.box(), count, count);
    }

    @Test
    void aSmallNumberMayBeShownAsFewerThanTen() {
        var site = FakeSite.busy();
        site.edit(
                FakeSite.PAGE,
                page -> new String(page, UTF_8)
                        .replace("value=\"5\">5<", "value=\"&lt;10\">fewer than 10<")
                        .getBytes(UTF_8));
        assertThat(recount(site).ok()).isTrue();

        site.edit(
                FakeSite.PAGE,
                page -> new String(page, UTF_8)
                        .replace("value=\"22\">22<", "value=\"<10\">fewer than 10<")
                        .getBytes(UTF_8));
        assertThat(failures(site)).contains("the page says <10 of class member at 32 leaves, but the box gives 22");
    }

    @Test
    void aBoxForEveryCampusAllowsForRollsTooSmallToTally() {
        var site = FakeSite.openToAll();
        for (int i = 0; i < 25; i++) site.sign("member", 0);
        site.publish();
        site.showCounts(25, 0);
        site.tally("lantern.edu", "member", 17);
        assertThat(recount(site).ok()).isTrue(); // 17 books, and up to 9 at other.edu

        var greedy = FakeSite.openToAll();
        for (int i = 0; i < 25; i++) greedy.sign("member", 0);
        greedy.publish();
        greedy.showCounts(25, 0);
        greedy.tally("lantern.edu", "member", 15);
        assertThat(failures(greedy)).contains("25 signatures of class member").contains("but only 15 books");
    }

    private String failures(FakeSite site) {
        return failuresOf(recount(site));
    }

    static String failuresOf(Report report) {
        assertThat(report.ok()).isFalse();
        return report.checks().stream().filter(check -> !check.ok()).toList().toString();
    }
}
