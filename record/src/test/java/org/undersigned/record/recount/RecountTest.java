package org.undersigned.record.recount;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;
import org.undersigned.record.BoxId;
import org.undersigned.record.RegisterLeaf;
import org.undersigned.tlog.Cosigner;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.Note;
import org.undersigned.tlog.NoteVerifier;

/// A true record recounts to its numbers, at rest and while it grows.
class RecountTest {

    @Test
    void aTrueRecordRecountsToItsNumbers() {
        var report = Town.busy().recount();

        assertThat(report.checks()).allMatch(Check::ok);
        assertThat(report.ok()).isTrue();
        assertThat(report.count("member")).isEqualTo(22);
        assertThat(report.count("supporter")).isEqualTo(5);
        assertThat(report.counts()).contains(new Report.ClassCount("member", 24, 2));
        assertThat(report.size()).isEqualTo(1 + 24 + 5 + 2);
        assertThat(report.checks())
                .extracting(Check::name)
                .containsExactly(
                        "register key",
                        "register checkpoint",
                        "register tree",
                        "register leaves",
                        "manifest",
                        "registered checkpoints",
                        "text",
                        "box checkpoint",
                        "box tree",
                        "entries",
                        "withdrawals",
                        "signatures ≤ books",
                        "numbers on the page");
        assertThat(report.totals()).anyMatch(line -> line.contains("29 tokens"));
    }

    @Test
    void anEmptyBoxHasNobody() {
        var report = Town.open().recount();

        assertThat(report.checks()).allMatch(Check::ok);
        assertThat(report.count("member")).isZero();
    }

    @Test
    void aBoxOfSeveralTilesIsReadToTheEnd() {
        var town = Town.open();
        for (int i = 0; i < 520; i++) {
            town.sign("member", 0);
            if (i % 100 == 99) town.publish();
        }
        town.publish();
        town.showCounts(520, 0);

        assertThat(town.recount().checks()).allMatch(Check::ok);
        assertThat(town.recount().count("member")).isEqualTo(520);

        town.flip(town.boxFile("tile/1/000.p/2"), 40);
        assertThat(failures(town)).contains("box tile/1/000.p/2: hash 1");
    }

    /// The threads that count, one a core, wait for nothing: a slow site holds only virtual threads.
    @Test
    void noCountingThreadEverWaitsForTheSite() {
        var town = Town.open();
        for (int i = 0; i < 300; i++) town.sign("member", 0);
        town.publish();
        town.showCounts(300, 0);
        var readers = new ConcurrentSkipListSet<String>();

        var report = town.recount(path -> {
            readers.add(path + " " + Thread.currentThread().getName());
            return town.read(path);
        });

        assertThat(report.checks()).allMatch(Check::ok);
        assertThat(readers).anyMatch(one -> one.contains("tile/0/")).noneMatch(one -> one.contains(" recount-"));
    }

    @Test
    void aPartialTileThatIsGoneIsCutFromTheFullOne() {
        var town = Town.open();
        for (int i = 0; i < 20; i++) town.sign("member", 0);
        town.publish();
        String checkpoint = new String(town.files.get(town.boxFile("checkpoint")), UTF_8);
        for (int i = 0; i < 240; i++) town.sign("member", 0);
        town.publish();
        town.files.keySet().removeIf(path -> path.contains("000.p/21"));
        town.files.put(town.boxFile("checkpoint"), checkpoint.getBytes(UTF_8));

        // an older checkpoint than the register's: a finding, but every one of its 21 leaves is read
        var report = town.recount();
        assertThat(report.count("member")).isEqualTo(20);
        assertThat(report.toString()).contains("checkpoint of 261 leaves, but the box has only 21");
    }

    @Test
    void aSiteThatGrowsWhileItIsReadIsStillRight() {
        var town = Town.busy();
        town.onPage(() -> {
            for (int i = 0; i < 12; i++) town.sign("member", 0);
            town.publish();
            town.tally("member", 20);
        });

        var report = town.recount();

        assertThat(report.checks()).allMatch(Check::ok);
        assertThat(report.count("member")).isEqualTo(34);
    }

    @Test
    void aPageFromBeforeTheFirstBatchShowsNoNumberYet() {
        var town = Town.open();
        town.edit(
                Town.PAGE,
                page -> new String(page, UTF_8)
                        .replaceAll("<data[^>]*>[^<]*</data>", "none yet")
                        .getBytes(UTF_8));
        town.onPage(() -> {
            for (int i = 0; i < 12; i++) town.sign("member", 0);
            town.publish();
        });
        assertThat(town.recount().checks()).allMatch(Check::ok);

        // read again, it is a page that hides what the register knew before
        assertThat(failures(town)).contains("the page marks no number of class member, the box gives 12");
    }

    @Test
    void unknownLeavesOfTheRegisterAreCountedAndShown() {
        assertThat(Town.open().recount().toString()).contains("1 unknown weather.noted");
    }

    @Test
    void aClosedBoxSaysWhichKeysAreGone() {
        var town = Town.busy();
        var keys = town.manifest.classes().stream()
                .map(one -> Hash.of(one.key().keyId()).base64())
                .toList();
        town.register(new RegisterLeaf.BoxClosed(
                town.manifest.box(), town.note(town.manifest.origin(), town.boxSize(), town.boxRoot()), keys));
        assertThat(town.recount().checks())
                .allMatch(Check::ok)
                .anyMatch(check -> check.name().equals("closed"));

        town.sign("member", 0);
        town.publish();
        assertThat(failures(town))
                .contains("closed with 32 leaves, the box has 33")
                .contains("after it closed");
    }

    @Test
    void aSmallNumberMayBeShownAsFewerThanTen() {
        var town = Town.busy();
        town.edit(
                Town.PAGE,
                page -> new String(page, UTF_8)
                        .replace("value=\"5\">5<", "value=\"&lt;10\">fewer than 10<")
                        .getBytes(UTF_8));
        assertThat(town.recount().ok()).isTrue();

        town.edit(
                Town.PAGE,
                page -> new String(page, UTF_8)
                        .replace("value=\"22\">22<", "value=\"<10\">fewer than 10<")
                        .getBytes(UTF_8));
        assertThat(failures(town)).contains("the page says <10 of class member at 32 leaves, the box gives 22");
    }

    @Test
    void aBoxForEveryCampusAllowsForRollsTooSmallToTally() {
        var town = Town.openToAll();
        for (int i = 0; i < 25; i++) town.sign("member", 0);
        town.publish();
        town.showCounts(25, 0);
        town.tally("lantern.edu", "member", 17);
        assertThat(town.recount().ok()).isTrue(); // 17, and up to 9 at other.edu

        var greedy = Town.openToAll();
        for (int i = 0; i < 25; i++) greedy.sign("member", 0);
        greedy.publish();
        greedy.showCounts(25, 0);
        greedy.tally("lantern.edu", "member", 15);
        assertThat(failures(greedy)).contains("25 signatures of class member").contains("only 15 books");
    }

    @Test
    void aWitnessThatIsNamedMustHaveCosigned() throws IOException {
        var town = Town.busy();
        var witness = Cosigner.ed25519(
                "witness.example", Hash.sha256("a seed".getBytes(UTF_8)).bytes());
        var options = new Recount.Options(null, null, null, null, List.of(witness.verifier()), Progress.NONE);
        assertThat(Recount.run(town, town.manifest.box(), options).checks())
                .filteredOn(check -> !check.ok())
                .extracting(Check::detail)
                .containsExactly("the register's checkpoint of "
                        + Recount.run(town, town.manifest.box()).registerSize()
                        + " leaves is not cosigned by witness.example");

        var file = town.registerFile("checkpoint");
        var note = Note.parse(Objects.requireNonNull(town.files.get(file)));
        var cosigned = note.with(List.of(witness.cosign(note, Instant.EPOCH))).toString();
        Site busy = path -> {
            var served = town.read(path);
            if (path.equals(file)) town.files.put(file, cosigned.getBytes(UTF_8)); // a moment after it was read
            return served;
        };
        assertThat(Recount.run(busy, town.manifest.box(), options).ok()).isTrue();
        assertThat(Recount.run(town, town.manifest.box(), options).ok()).isTrue();

        var other = Cosigner.ed25519(
                "witness.example", Hash.sha256("another".getBytes(UTF_8)).bytes());
        var forged = new Recount.Options(null, null, null, null, List.of(other.verifier()), Progress.NONE);
        assertThat(Recount.run(town, town.manifest.box(), forged).ok()).isFalse();
    }

    @Test
    void aPinnedKeyMustBeTheSitesKey() throws IOException {
        var town = Town.busy();
        var own = town.signer(Town.HOST + "/register").verifier();
        assertThat(Recount.run(town, town.manifest.box(), pinned(own)).ok()).isTrue();

        var other = NoteVerifier.ed25519(Town.HOST + "/register", Hash.sha256().bytes());
        var report = Recount.run(town, town.manifest.box(), pinned(other));
        assertThat(report.ok()).isFalse();
        assertThat(report.checks())
                .singleElement()
                .satisfies(check -> assertThat(check.detail()).contains("you said"));
    }

    private static Recount.Options pinned(NoteVerifier key) {
        return new Recount.Options(key, null, null, Progress.NONE);
    }

    private static Report since(Town town, String checkpoint) throws IOException {
        return Recount.run(town, town.manifest.box(), new Recount.Options(null, checkpoint, null, Progress.NONE));
    }

    @Test
    void aRecountGoesOnWhereAnEarlierOneEnded() throws IOException {
        var town = Town.busy();
        var earlier = town.recount().checkpoint();
        for (int i = 0; i < 12; i++) town.sign("member", 0);
        town.publish();
        town.showCounts(34, 5);
        town.tally("member", 40);

        var report = since(town, earlier);

        assertThat(report.checks()).allMatch(Check::ok);
        assertThat(report.count("member")).isEqualTo(34);
        assertThat(report.totals()).anyMatch(line -> line.contains("12 tokens"));
        assertThat(report.root()).isEqualTo(town.recount().root());
        assertThat(since(town, report.checkpoint()).totals()).anyMatch(line -> line.contains("verified: 0 tokens"));
    }

    @Test
    void whatWasVerifiedBeforeIsStillCountedAndHashed() throws IOException {
        var town = Town.open();
        byte[] seed = new byte[32];
        for (int i = 0; i < 10; i++) town.sign("member", 0);
        var entry = town.entry("member", seed, 0).bytes();
        town.cast(entry);
        town.publish();
        town.tally("member", 30);
        town.showCounts(11, 0);
        var earlier = town.recount().checkpoint();
        town.cast(town.entry("member", seed, 1).bytes());
        for (int i = 0; i < 10; i++) town.sign("member", 0);
        town.publish();
        town.showCounts(21, 0);

        assertThat(since(town, earlier).checks().toString()).contains("nonce is in the box already");

        var other = Town.busy();
        var before = other.recount().checkpoint();
        other.flip(other.boxTile(-1), 700);
        assertThat(since(other, before).ok()).isFalse();
    }

    @Test
    void anotherHistoryThanTheEarlierOneIsNamed() throws IOException {
        var town = Town.busy();
        var lie = town.note(town.manifest.origin(), town.boxSize(), Hash.sha256());
        var longer = town.note(town.manifest.origin(), town.boxSize() + 1, Hash.sha256());

        assertThat(since(town, lie).checks().toString()).contains("since: another history: the first 32 leaves");
        assertThat(since(town, longer).checks().toString()).contains("had 33 leaves before and has only 32 now");
        assertThat(since(town, lie.replace("town", "down")).ok()).isFalse();
        assertThat(since(town, "nonsense").checks().toString()).contains("the earlier checkpoint: ");
    }

    private static Report at(Town town, long size) throws IOException {
        var options = new Recount.Options(null, null, size, null, List.of(), Progress.NONE);
        return Recount.run(town, town.manifest.box(), options);
    }

    @Test
    void aNumberPrintedEarlierIsCountedAgainInWhatCameSince() throws IOException {
        var town = Town.busy();
        var then = town.boxSize();
        var root = town.boxRoot();
        for (int i = 0; i < 12; i++) town.sign("member", 0);
        town.publish();
        town.showCounts(34, 5);
        town.tally("member", 20);

        var report = at(town, then);

        assertThat(report.checks()).allMatch(Check::ok);
        assertThat(report.count("member")).isEqualTo(22);
        assertThat(report.size()).isEqualTo(then + 12);
        assertThat(report.checks())
                .filteredOn(check -> check.name().equals("at"))
                .extracting(Check::detail)
                .singleElement()
                .asString()
                .contains("the first 32 leaves have root " + root.base64() + ", as registered in leaf ");
        assertThat(at(town, then + 1).toString()).contains("and begin the 44 of the checkpoint registered in leaf ");
        assertThat(at(town, town.boxSize() + 1).ok()).isFalse();
        assertThat(at(town, town.boxSize() + 1).toString()).contains("the box has only 44 leaves");
    }

    @Test
    void whatTheRegisterNeverHeardOfIsNoEarlierCount() throws IOException {
        var town = Town.busy();
        for (int i = 0; i < 12; i++) town.sign("member", 0);
        town.publishUnregistered();
        town.showCounts(34, 5);

        assertThat(at(town, 32).ok()).isTrue();
        assertThat(at(town, 44).toString()).contains("no registered checkpoint has 44 leaves or more yet");
        assertThat(at(town, 44).ok()).isFalse();
    }

    @Test
    void whoListensHearsHowFarItIs() throws IOException {
        var town = Town.busy();
        var heard = new java.util.ArrayList<String>();
        Recount.run(
                town,
                town.manifest.box(),
                new Recount.Options(null, null, null, (log, leaves, of) -> heard.add(log + " " + leaves + "/" + of)));

        assertThat(heard).contains("box 32/32").anyMatch(one -> one.startsWith("register "));
    }

    @Test
    void aBoxNobodyRegisteredIsNotCounted() throws IOException {
        var town = Town.busy();
        var report = Recount.run(town, BoxId.random(town.random));

        assertThat(report.ok()).isFalse();
        assertThat(report.toString()).contains("is not in the register");
    }

    @Test
    void aSiteThatCannotBeAskedGivesNoReport() {
        var town = Town.busy();
        Site broken = path -> {
            if (path.contains("tile/entries")) throw new IOException("connection reset");
            return town.read(path);
        };

        assertThatThrownBy(() -> Recount.run(broken, town.manifest.box()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("connection reset");
    }

    static String failures(Town town) {
        var report = town.recount();
        assertThat(report.ok()).isFalse();
        return report.checks().stream().filter(check -> !check.ok()).toList().toString();
    }
}
