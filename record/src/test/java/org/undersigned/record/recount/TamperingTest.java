package org.undersigned.record.recount;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.undersigned.privacypass.Token;
import org.undersigned.record.BoxId;
import org.undersigned.record.Entry;
import org.undersigned.record.LedgerLeaf;
import org.undersigned.record.RegisterLeaf;
import org.undersigned.record.Withdrawal;
import org.undersigned.tlog.EntryBundle;
import org.undersigned.tlog.Merkle;

/// The recount fails for each manipulation, and its report names the place. Public, because another recount,
/// that of the browser, has to pass it too.
public class TamperingTest {
    private static final int TOKEN_AUTHENTICATOR = 1 + 98 + 100;
    private static final int PUBLIC_KEY = 1 + 354 + 3;
    private static final int SIGNATURE = Entry.SIZE - 1;

    /// Recounts the box of `site`.
    protected Report recount(FakeSite site) {
        return site.recount();
    }

    private String failures(FakeSite site) {
        return RecountTest.failuresOf(recount(site));
    }

    // Manipulations by a dishonest operator, who logs, hashes and signs false content.

    @Test
    void aTokenNobodyIssuedDoesNotCount() {
        var site = FakeSite.busy();
        byte[] seed = seed(site);
        byte[] token = site.token(site.manifest, "member", seed).encode();
        var forged = Token.parse(FakeSite.flipped(token, 200));
        site.cast(Entry.sign(forged, seed, 0, new byte[32]).bytes());
        site.publish();

        assertThat(failures(site)).contains("box leaf 32: token does not verify");
        assertThat(recount(site).count("member")).isEqualTo(22);
    }

    @Test
    void aFlippedByteInATokenDoesNotCount() {
        assertThat(afterCasting(FakeSite.busy(), TOKEN_AUTHENTICATOR))
                .contains("box leaf 32: signature of the entry's key does not verify"); // covers the token
    }

    @Test
    void anotherKeyThanTheTokensDoesNotCount() {
        assertThat(afterCasting(FakeSite.busy(), PUBLIC_KEY))
                .contains("box leaf 32: token's nonce is not the hash of the entry's key");
    }

    @Test
    void aFalseSignatureDoesNotCount() {
        assertThat(afterCasting(FakeSite.busy(), SIGNATURE))
                .contains("box leaf 32: signature of the entry's key does not verify");
    }

    @Test
    void aTokenOfAnotherBoxDoesNotCount() {
        var site = FakeSite.busy();
        byte[] seed = seed(site);
        var elsewhere = FakeSite.open().manifest;
        site.cast(Entry.sign(site.token(elsewhere, "member", seed), seed, 0, new byte[32])
                .bytes());
        site.publish();

        assertThat(failures(site)).contains("box leaf 32: token is for another challenge");
        assertThat(recount(site).count("member")).isEqualTo(22);
    }

    @Test
    void anIssuerKeyThatTheManifestDoesNotNameIsNotUsed() {
        var site = FakeSite.busy();
        var member = site.manifest.classNamed("member").orElseThrow();
        var supporter = site.manifest.classNamed("supporter").orElseThrow();
        site.edit(member.keyPath(), _ -> site.file(supporter.keyPath()));

        assertThat(failures(site)).contains("the key of class member is missing");
    }

    @Test
    void anAffiliationBeyondTheListDoesNotCount() {
        var site = FakeSite.busy();
        site.sign("member", 3);
        site.publish();

        assertThat(failures(site)).contains("box leaf 32: affiliation is not in the manifest's list");
    }

    @Test
    void anEntryCountsOnce() {
        var site = FakeSite.busy();
        byte[] seed = seed(site);
        site.cast(site.entry("member", seed, 0).bytes());
        site.cast(site.entry("member", seed, 1).bytes());
        site.publish();

        assertThat(failures(site)).contains("box leaf 33: nonce is already in the box");
        assertThat(recount(site).count("member")).isEqualTo(23);
    }

    @Test
    void aLeafOfNoKindIsNamed() {
        var site = FakeSite.busy();
        site.cast(new byte[77]);
        site.publish();

        assertThat(failures(site)).contains("box leaf 32: 77 bytes: neither an entry nor a withdrawal");
    }

    @Test
    void onlyAPublishedEntryIsWithdrawnAndOnlyOnce() {
        var site = FakeSite.busy();
        byte[] seed = site.sign("member", 0);
        site.publishUnsorted();
        site.withdraw(seed);
        site.withdraw(seed); // leaf 34
        site.withdraw(seed(site)); // leaf 35
        site.cast(Withdrawal.sign("town.example/box/another", site.sign("member", 0))
                .bytes()); // leaf 37, after its entry
        site.publishUnsorted();

        assertThat(failures(site))
                .contains("box leaf 34: withdraws an entry that is already withdrawn")
                .contains("box leaf 35: withdraws a nonce that is not published before it")
                .contains("box leaf 37: withdrawal's signature does not verify");
        assertThat(recount(site).count("member")).isEqualTo(23);
    }

    @Test
    void aSecondManifestIsNamed() {
        var site = FakeSite.busy();
        site.register(new RegisterLeaf.BoxOpened(site.manifest));

        assertThat(failures(site)).contains("register leaf " + (site.registerSize() - 1) + ": a second manifest");
    }

    /// A box that the operator shows to one person only, with a key of its own.
    @Test
    void aSecondBoxForTheSamePageIsNamed() {
        var site = FakeSite.busy();
        var second = site.openAnother(FakeSite.PAGE, site.manifest.opens().plusSeconds(1));

        assertThat(failures(site))
                .contains("register leaf " + (site.registerSize() - 1) + ": box " + second.box()
                        + " is a second box for " + FakeSite.PAGE);
    }

    @Test
    void aBoxThatIsSupersededByNothingIsNamed() {
        var site = FakeSite.busy();
        var missing = BoxId.random(site.random);
        site.register(new RegisterLeaf.BoxSuperseded(site.manifest.box(), missing, site.manifest.opens()));

        assertThat(failures(site))
                .contains("register leaf " + (site.registerSize() - 1) + ": the box " + missing + " that it names");
    }

    @Test
    void moreSignaturesThanBooksIsNamed() {
        var site = FakeSite.open();
        for (int i = 0; i < 12; i++) site.sign("member", 0);
        site.publish();
        site.showCounts(12, 0);
        site.tally("member", 11);

        assertThat(failures(site))
                .contains("ledger leaf 3: 12 signatures of class member in the checkpoint of leaf 2,"
                        + " but only 11 books");
    }

    @Test
    void aBoxThatClosesWithMoreSignaturesThanBooksIsNamed() {
        var site = FakeSite.open();
        for (int i = 0; i < 10; i++) site.sign("member", 0);
        site.publish();
        site.tally("member", 10);
        for (int i = 0; i < 9; i++) site.sign("member", 0);
        site.publish();
        site.showCounts(19, 0);
        site.close();
        assertThat(recount(site).checks()).allMatch(Check::ok); // nine more may wait for a tally

        var another = FakeSite.open();
        for (int i = 0; i < 20; i++) another.sign("member", 0);
        another.publish();
        another.showCounts(20, 0);
        another.close();
        another.tally("member", 20); // too late
        assertThat(failures(another))
                .contains("ledger leaf 3: the box closes with 20 signatures of class member, but at most 9 books");
    }

    @Test
    void aForkBetweenLedgerAndBoxIsNamed() {
        var site = FakeSite.busy();
        var note = site.note(site.manifest.origin(), 20, Merkle.leaf("elsewhere".getBytes(UTF_8)));
        site.record(new LedgerLeaf.BoxCheckpoint(site.manifest.box(), note));
        site.registerCheckpoint();

        String where = "ledger leaf " + (site.ledgerSize() - 2);
        assertThat(failures(site))
                .contains(where + ": another history: its checkpoint of 20 leaves")
                .contains(where + ": checkpoint of the box has 20 leaves, fewer than the 32");
    }

    @Test
    void aCheckpointNotSignedByTheInstanceIsNamed() {
        var site = FakeSite.busy();
        String note = site.note(site.manifest.origin(), site.boxSize(), site.boxRoot());
        site.record(new LedgerLeaf.BoxCheckpoint(site.manifest.box(), note.replace("\n32\n", "\n31\n")));

        assertThat(failures(site))
                .contains("ledger leaf " + (site.ledgerSize() - 1) + ": checkpoint of the box: signature");
    }

    @Test
    void aLeafThatIsNoLeafIsNamed() {
        var site = FakeSite.busy();
        site.recordRaw("{}".getBytes(UTF_8));
        site.registerRaw("{\"type\":\"box.opened\", \"v\":1}".getBytes(UTF_8));

        assertThat(failures(site))
                .contains("register leaf " + (site.registerSize() - 1) + ": not canonical JSON")
                .contains("ledger leaf " + (site.ledgerSize() - 1) + ": ");
    }

    @Test
    void aPageThatCountsOneTooManyIsNamed() {
        var site = FakeSite.busy();
        site.showCounts(23, 5);

        assertThat(failures(site)).contains("the page says 23 of class member at 32 leaves, but the box gives 22");
    }

    @Test
    void aPageThatHidesItsNumberIsNamed() {
        var site = FakeSite.busy();
        site.files.put(FakeSite.PAGE, "<p>Thousands signed!</p>".getBytes(UTF_8));

        assertThat(failures(site)).contains("the page marks no number of class member, but the box gives 22");
    }

    @Test
    void anotherTextThanPeopleSignedIsNamed() {
        var site = FakeSite.busy();
        site.flip(site.manifest.subject().textPath(), 12);

        assertThat(failures(site)).contains(site.manifest.subject().textPath() + " has SHA-256");
    }

    // Manipulations by a faulty or dishonest server, which serves other bytes than were signed.

    @Test
    void aFlippedByteInABundleIsNamed() {
        var site = FakeSite.busy();
        // leaf 0 takes 34 bytes including its length; the first entry's token comes after it
        site.flip(site.boxTile(-1), 34 + 2 + TOKEN_AUTHENTICATOR);

        assertThat(failures(site))
                .contains("box leaf 1: its hash differs from the hash in tile/0/000.p/32")
                .contains("box leaf 1: signature of the entry's key does not verify")
                .contains("but its leaves give");
    }

    @Test
    void aFlippedByteInAHashTileIsNamed() {
        var site = FakeSite.busy();
        site.flip(site.boxTile(0), 7 * 32 + 5);

        assertThat(failures(site)).contains("box leaf 7: its hash differs from the hash in tile/0/000.p/32");
    }

    @Test
    void aDroppedLeafIsNoticed() {
        var site = FakeSite.busy();
        var leaves = new ArrayList<>(site.boxLeaves());
        leaves.remove(9);
        site.files.put(site.boxTile(-1), EntryBundle.encode(leaves));
        assertThat(failures(site)).contains("tile/entries/000.p/32: the bundle ends before entry 31");

        leaves.add(leaves.getLast()); // restores the number of leaves
        site.files.put(site.boxTile(-1), EntryBundle.encode(leaves));
        assertThat(failures(site))
                .contains("box leaf 9: its hash differs from the hash in")
                .contains("another history");
    }

    @Test
    void aMissingTileIsNamed() {
        var site = FakeSite.busy();
        site.files.remove(site.boxTile(0));
        assertThat(failures(site)).contains("box tile/0/000.p/32 is not served");

        site.files.remove(site.boxTile(-1));
        assertThat(failures(site)).contains("box tile/entries/000.p/32 is not served");
    }

    @Test
    void aFlippedByteInACheckpointIsNamed() {
        for (String folder :
                List.of("/log/register/", "/log/ledger/", FakeSite.busy().boxFile(""))) {
            var site = FakeSite.busy();
            String path = folder.startsWith("/log/box/") ? site.boxFile("checkpoint") : folder + "checkpoint";
            site.flip(path, new String(site.files.get(path), UTF_8).indexOf('\n') + 1); // the size
            assertThat(failures(site)).contains(path + ": signature of").contains("does not verify");
        }
    }

    @Test
    void aFlippedByteInTheManifestIsNamed() {
        var site = FakeSite.busy();
        String bundle = site.registerFile("tile/entries/000.p/" + site.registerSize());
        site.edit(bundle, bytes -> {
            String text = new String(bytes, ISO_8859_1);
            int at = text.indexOf("lantern.edu", text.indexOf("\"box\":\"" + site.manifest.box()));
            return FakeSite.flipped(bytes, at);
        });

        assertThat(failures(site))
                .contains("register leaf 5: its hash differs from the hash in")
                .contains("box leaf 0: is not the leaf hash of the manifest in the register")
                .contains("box leaf 1: token is for another challenge");
    }

    @Test
    void aBoxOlderThanItsRegisteredCheckpointIsNamed() {
        var site = FakeSite.busy();
        byte[] before = site.files.get(site.boxFile("checkpoint"));
        site.sign("member", 0);
        site.publish();
        site.files.put(site.boxFile("checkpoint"), before);

        assertThat(failures(site)).contains("checkpoint of 33 leaves, but the box has only 32");
    }

    @Test
    void aLogThatShrinksAsWeLookIsNamed() {
        var site = FakeSite.busy();
        byte[] ledger = site.files.get(site.ledgerFile("checkpoint"));
        byte[] register = site.files.get(site.registerFile("checkpoint"));
        site.registerCheckpoint();
        site.openAnother("/p/new", site.manifest.opens());
        site.onPage(() -> {
            site.files.put(site.ledgerFile("checkpoint"), ledger);
            site.files.put(site.registerFile("checkpoint"), register);
        });

        assertThat(failures(site)).contains("the register shrank").contains("the ledger shrank");
    }

    @Test
    void aThousandFaultsAreFiveAndANumber() {
        var site = FakeSite.open();
        for (int i = 0; i < 50; i++) site.cast(new byte[] {1, (byte) i});
        site.publish();

        assertThat(failures(site)).contains("; and 45 more").hasSizeLessThan(2000);
    }

    private String afterCasting(FakeSite site, int flippedByte) {
        byte[] entry = site.entry("member", seed(site), 0).bytes();
        site.cast(FakeSite.flipped(entry, flippedByte));
        site.publish();
        assertThat(recount(site).count("member")).isEqualTo(22);
        return failures(site);
    }

    private static byte[] seed(FakeSite site) {
        byte[] seed = new byte[32];
        site.random.nextBytes(seed);
        return seed;
    }
}
