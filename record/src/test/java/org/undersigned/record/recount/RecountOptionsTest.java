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
import org.undersigned.tlog.Cosigner;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.Note;
import org.undersigned.tlog.NoteVerifier;

/// What the caller of a recount may ask for: a pinned key, witnesses, an earlier recount, an earlier size, progress.
class RecountOptionsTest {

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
}
