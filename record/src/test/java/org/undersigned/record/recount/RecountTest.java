package org.undersigned.record.recount;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;
import org.undersigned.record.BoxId;
import org.undersigned.record.Manifest;
import org.undersigned.record.WitnessPolicy;
import org.undersigned.tlog.Cosigner;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.Note;
import org.undersigned.tlog.NoteVerifier;

/// The recount of a valid record returns its counts, also while the record grows.
class RecountTest {

    @Test
    void aTrueRecordRecountsToItsNumbers() {
        var report = FakeSite.busy().recount();

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
        var report = FakeSite.open().recount();

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

        assertThat(site.recount().checks()).allMatch(Check::ok);
        assertThat(site.recount().count("member")).isEqualTo(520);

        site.flip(site.boxFile("tile/1/000.p/2"), 40);
        assertThat(failures(site)).contains("box tile/1/000.p/2: hash 1");
    }

    /// The counting threads (one per core) never wait: a slow site blocks virtual threads only.
    @Test
    void noCountingThreadEverWaitsForTheSite() {
        var site = FakeSite.open();
        for (int i = 0; i < 300; i++) site.sign("member", 0);
        site.publish();
        site.showCounts(300, 0);
        var readers = new ConcurrentSkipListSet<String>();

        var report = site.recount(path -> {
            readers.add(path + " " + Thread.currentThread().getName());
            return site.read(path);
        });

        assertThat(report.checks()).allMatch(Check::ok);
        assertThat(readers).anyMatch(one -> one.contains("tile/0/")).noneMatch(one -> one.contains(" recount-"));
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
        var report = site.recount();
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

        var report = site.recount();

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
        assertThat(site.recount().checks()).allMatch(Check::ok);

        // the second recount fails: the page omits a count that the register knew before
        assertThat(failures(site)).contains("the page marks no number of class member, but the box gives 12");
    }

    @Test
    void unknownLeavesOfTheRegisterAreCountedAndShown() {
        assertThat(FakeSite.open().recount().toString()).contains("1 unknown weather.noted");
    }

    @Test
    void aClosedBoxSaysWhichKeysAreGone() {
        var site = FakeSite.busy();
        site.close();
        assertThat(site.recount().checks())
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
        assertThat(site.recount().toString()).contains("the instance names no witnesses");
        var witness = Cosigner.ed25519("witness.example", new byte[32]);
        site.nameWitness(witness);
        assertThat(site.recount().checks()).allMatch(Check::ok);
        assertThat(site.recount().toString()).contains("1 of witness.example (register leaf 6)");

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

        var report = site.recount();

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
        assertThat(site.recount().checks()).allMatch(Check::ok);

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
        assertThat(site.recount().ok()).isTrue();

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
        assertThat(site.recount().ok()).isTrue(); // 17 books, and up to 9 at other.edu

        var greedy = FakeSite.openToAll();
        for (int i = 0; i < 25; i++) greedy.sign("member", 0);
        greedy.publish();
        greedy.showCounts(25, 0);
        greedy.tally("lantern.edu", "member", 15);
        assertThat(failures(greedy)).contains("25 signatures of class member").contains("but only 15 books");
    }

    @Test
    void aWitnessThatIsNamedMustHaveCosigned() throws IOException {
        var site = FakeSite.busy();
        var witness = Cosigner.ed25519(
                "witness.example", Hash.sha256("a seed".getBytes(UTF_8)).bytes());
        var options = new Recount.Options(null, null, null, null, List.of(witness.verifier()), Progress.NONE);
        assertThat(Recount.run(site, site.manifest.box(), options).checks())
                .filteredOn(check -> !check.ok())
                .extracting(Check::detail)
                .containsExactly(
                        "the register's checkpoint of " + site.registerSize()
                                + " leaves is not cosigned by witness.example",
                        "the ledger's checkpoint of " + site.ledgerSize()
                                + " leaves is not cosigned by witness.example");

        var cosigned = new HashMap<String, byte[]>();
        for (String file : List.of(site.registerFile("checkpoint"), site.ledgerFile("checkpoint"))) {
            var note = Note.parse(Objects.requireNonNull(site.files.get(file)));
            var lines = List.of(witness.cosign(note, Instant.EPOCH));
            cosigned.put(file, note.with(lines).toString().getBytes(UTF_8));
        }
        Site busy = path -> {
            var served = site.read(path);
            if (cosigned.containsKey(path)) site.files.put(path, cosigned.get(path)); // a moment after the read
            return served;
        };
        assertThat(Recount.run(busy, site.manifest.box(), options).ok()).isTrue();
        assertThat(Recount.run(site, site.manifest.box(), options).ok()).isTrue();

        var other = Cosigner.ed25519(
                "witness.example", Hash.sha256("another".getBytes(UTF_8)).bytes());
        var forged = new Recount.Options(null, null, null, null, List.of(other.verifier()), Progress.NONE);
        assertThat(Recount.run(site, site.manifest.box(), forged).ok()).isFalse();
    }

    @Test
    void aPinnedKeyMustBeTheSitesKey() throws IOException {
        var site = FakeSite.busy();
        var own = site.signer(FakeSite.HOST + "/register").verifier();
        assertThat(Recount.run(site, site.manifest.box(), pinned(own)).ok()).isTrue();

        var other =
                NoteVerifier.ed25519(FakeSite.HOST + "/register", Hash.sha256().bytes());
        var report = Recount.run(site, site.manifest.box(), pinned(other));
        assertThat(report.ok()).isFalse();
        assertThat(report.checks())
                .singleElement()
                .satisfies(check -> assertThat(check.detail()).contains("you said"));
    }

    private static Recount.Options pinned(NoteVerifier key) {
        return new Recount.Options(key, null, null, Progress.NONE);
    }

    private static Report since(FakeSite site, String checkpoint) throws IOException {
        return Recount.run(site, site.manifest.box(), new Recount.Options(null, checkpoint, null, Progress.NONE));
    }

    @Test
    void aRecountGoesOnWhereAnEarlierOneEnded() throws IOException {
        var site = FakeSite.busy();
        var earlier = site.recount().checkpoint();
        for (int i = 0; i < 12; i++) site.sign("member", 0);
        site.publish();
        site.showCounts(34, 5);
        site.tally("member", 40);

        var report = since(site, earlier);

        assertThat(report.checks()).allMatch(Check::ok);
        assertThat(report.count("member")).isEqualTo(34);
        assertThat(report.totals()).anyMatch(line -> line.contains("12 tokens"));
        assertThat(report.log().root()).isEqualTo(site.recount().log().root());
        assertThat(since(site, report.checkpoint()).totals()).anyMatch(line -> line.contains("verified: 0 tokens"));
    }

    @Test
    void whatWasVerifiedBeforeIsStillCountedAndHashed() throws IOException {
        var site = FakeSite.open();
        byte[] seed = new byte[32];
        for (int i = 0; i < 10; i++) site.sign("member", 0);
        var entry = site.entry("member", seed, 0).bytes();
        site.cast(entry);
        site.publish();
        site.tally("member", 30);
        site.showCounts(11, 0);
        var earlier = site.recount().checkpoint();
        site.cast(site.entry("member", seed, 1).bytes());
        for (int i = 0; i < 10; i++) site.sign("member", 0);
        site.publish();
        site.showCounts(21, 0);

        assertThat(since(site, earlier).checks().toString()).contains("nonce is already in the box");

        var other = FakeSite.busy();
        var before = other.recount().checkpoint();
        other.flip(other.boxTile(-1), 700);
        assertThat(since(other, before).ok()).isFalse();
    }

    @Test
    void anotherHistoryThanTheEarlierOneIsNamed() throws IOException {
        var site = FakeSite.busy();
        var lie = site.note(site.manifest.origin(), site.boxSize(), Hash.sha256());
        var longer = site.note(site.manifest.origin(), site.boxSize() + 1, Hash.sha256());

        assertThat(since(site, lie).checks().toString()).contains("since: another history: the first 32 leaves");
        assertThat(since(site, longer).checks().toString()).contains("had 33 leaves before and has only 32 now");
        assertThat(since(site, lie.replace("town", "down")).ok()).isFalse();
        assertThat(since(site, "nonsense").checks().toString()).contains("the earlier checkpoint: ");
    }

    private static Report at(FakeSite site, long size) throws IOException {
        var options = new Recount.Options(null, null, size, null, List.of(), Progress.NONE);
        return Recount.run(site, site.manifest.box(), options);
    }

    @Test
    void aNumberPrintedEarlierIsCountedAgainInWhatCameSince() throws IOException {
        var site = FakeSite.busy();
        var then = site.boxSize();
        var root = site.boxRoot();
        for (int i = 0; i < 12; i++) site.sign("member", 0);
        site.publish();
        site.showCounts(34, 5);
        site.tally("member", 20);

        var report = at(site, then);

        assertThat(report.checks()).allMatch(Check::ok);
        assertThat(report.count("member")).isEqualTo(22);
        assertThat(report.log().size()).isEqualTo(then + 12);
        assertThat(report.checks())
                .filteredOn(check -> check.name().equals("at"))
                .extracting(Check::detail)
                .singleElement()
                .asString()
                .contains("the first 32 leaves have root " + root.base64() + ", as registered in ledger leaf ");
        assertThat(at(site, then + 1).toString())
                .contains(", a prefix of the checkpoint of 44 leaves, as registered in ledger leaf ");
        assertThat(at(site, site.boxSize() + 1).ok()).isFalse();
        assertThat(at(site, site.boxSize() + 1).toString()).contains("the box has only 44 leaves");
    }

    @Test
    void whatTheRegisterNeverHeardOfIsNoEarlierCount() throws IOException {
        var site = FakeSite.busy();
        for (int i = 0; i < 12; i++) site.sign("member", 0);
        site.publishUnregistered();
        site.showCounts(34, 5);

        assertThat(at(site, 32).ok()).isTrue();
        assertThat(at(site, 44).toString()).contains("no registered checkpoint has 44 leaves or more yet");
        assertThat(at(site, 44).ok()).isFalse();
    }

    @Test
    void whoListensHearsHowFarItIs() throws IOException {
        var site = FakeSite.busy();
        var heard = new java.util.ArrayList<String>();
        Recount.run(
                site,
                site.manifest.box(),
                new Recount.Options(null, null, null, (log, leaves, of) -> heard.add(log + " " + leaves + "/" + of)));

        assertThat(heard).contains("box 32/32").anyMatch(one -> one.startsWith("register "));
    }

    @Test
    void aBoxNobodyRegisteredIsNotCounted() throws IOException {
        var site = FakeSite.busy();
        var report = Recount.run(site, BoxId.random(site.random));

        assertThat(report.ok()).isFalse();
        assertThat(report.toString()).contains("is not in the register");
    }

    @Test
    void aSiteThatCannotBeAskedGivesNoReport() {
        var site = FakeSite.busy();
        Site broken = path -> {
            if (path.contains("tile/entries")) throw new IOException("connection reset");
            return site.read(path);
        };

        assertThatThrownBy(() -> Recount.run(broken, site.manifest.box()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("connection reset");
    }

    static String failures(FakeSite site) {
        var report = site.recount();
        assertThat(report.ok()).isFalse();
        return report.checks().stream().filter(check -> !check.ok()).toList().toString();
    }
}
