package org.undersigned.record.recount;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.undersigned.privacypass.Token;
import org.undersigned.record.Entry;
import org.undersigned.record.RegisterLeaf;
import org.undersigned.record.Withdrawal;
import org.undersigned.tlog.EntryBundle;
import org.undersigned.tlog.Merkle;

/// Each lie makes the recount fail, and the recount names the place.
class TamperingTest {
    private static final int TOKEN_AUTHENTICATOR = 1 + 98 + 100;
    private static final int PUBLIC_KEY = 1 + 354 + 3;
    private static final int SIGNATURE = Entry.SIZE - 1;

    // What a dishonest operator logs, hashes and signs.

    @Test
    void aTokenNobodyIssuedDoesNotCount() {
        var town = Town.busy();
        byte[] seed = seed(town);
        byte[] token = town.token(town.manifest, "member", seed).encode();
        var forged = Token.parse(Town.flipped(token, 200));
        town.cast(Entry.sign(forged, seed, 0, new byte[32]).bytes());
        town.publish();

        assertThat(RecountTest.failures(town)).contains("box leaf 32: token does not verify");
        assertThat(town.recount().count("member")).isEqualTo(22);
    }

    @Test
    void aFlippedByteInATokenDoesNotCount() {
        assertThat(afterCasting(Town.busy(), TOKEN_AUTHENTICATOR))
                .contains("box leaf 32: signature of the entry's key does not verify"); // it covers the token
    }

    @Test
    void anotherKeyThanTheTokensDoesNotCount() {
        assertThat(afterCasting(Town.busy(), PUBLIC_KEY))
                .contains("box leaf 32: token's nonce is not the hash of the entry's key");
    }

    @Test
    void aFalseSignatureDoesNotCount() {
        assertThat(afterCasting(Town.busy(), SIGNATURE))
                .contains("box leaf 32: signature of the entry's key does not verify");
    }

    @Test
    void aTokenOfAnotherBoxDoesNotCount() {
        var town = Town.busy();
        byte[] seed = seed(town);
        var elsewhere = Town.open().manifest;
        town.cast(Entry.sign(town.token(elsewhere, "member", seed), seed, 0, new byte[32])
                .bytes());
        town.publish();

        assertThat(RecountTest.failures(town)).contains("box leaf 32: token answers another challenge");
        assertThat(town.recount().count("member")).isEqualTo(22);
    }

    @Test
    void anAffiliationBeyondTheListDoesNotCount() {
        var town = Town.busy();
        town.sign("member", 3);
        town.publish();

        assertThat(RecountTest.failures(town)).contains("box leaf 32: affiliation is not in the manifest's list");
    }

    @Test
    void anEntryCountsOnce() {
        var town = Town.busy();
        byte[] seed = seed(town);
        town.cast(town.entry("member", seed, 0).bytes());
        town.cast(town.entry("member", seed, 1).bytes());
        town.publish();

        assertThat(RecountTest.failures(town)).contains("box leaf 33: nonce is in the box already");
        assertThat(town.recount().count("member")).isEqualTo(23);
    }

    @Test
    void aLeafOfNoKindIsNamed() {
        var town = Town.busy();
        town.cast(new byte[77]);
        town.publish();

        assertThat(RecountTest.failures(town)).contains("box leaf 32: 77 bytes: neither an entry nor a withdrawal");
    }

    @Test
    void onlyAPublishedEntryIsWithdrawnAndOnlyOnce() {
        var town = Town.busy();
        byte[] seed = town.sign("member", 0);
        town.publishUnsorted();
        town.withdraw(seed);
        town.withdraw(seed); // leaf 34
        town.withdraw(seed(town)); // leaf 35
        town.cast(Withdrawal.sign("town.example/box/another", town.sign("member", 0))
                .bytes()); // 37, behind its entry
        town.publishUnsorted();

        assertThat(RecountTest.failures(town))
                .contains("box leaf 34: withdraws what was withdrawn before")
                .contains("box leaf 35: withdraws a nonce that is not published before it")
                .contains("box leaf 37: withdrawal's signature does not verify");
        assertThat(town.recount().count("member")).isEqualTo(23);
    }

    @Test
    void aSecondManifestIsNamed() {
        var town = Town.busy();
        town.register(new RegisterLeaf.BoxOpened(town.manifest));

        assertThat(RecountTest.failures(town))
                .contains("register leaf " + (town.registerSize() - 1) + ": a second manifest");
    }

    @Test
    void moreSignaturesThanBooksIsNamed() {
        var town = Town.open();
        for (int i = 0; i < 12; i++) town.sign("member", 0);
        town.publish();
        town.showCounts(12, 0);
        town.tally("member", 11);

        assertThat(RecountTest.failures(town))
                .contains("register leaf 6: 12 signatures of class member in the checkpoint of leaf 5, only 11 books");
    }

    @Test
    void aForkBetweenRegisterAndBoxIsNamed() {
        var town = Town.busy();
        var note = town.note(town.manifest.origin(), 20, Merkle.leaf("elsewhere".getBytes(UTF_8)));
        town.register(new RegisterLeaf.BoxCheckpoint(town.manifest.box(), note));
        town.registerCheckpoint();

        String where = "register leaf " + (town.registerSize() - 2);
        assertThat(RecountTest.failures(town))
                .contains(where + ": another history: its checkpoint of 20 leaves")
                .contains(where + ": checkpoint of the box has 20 leaves, fewer than the 32");
    }

    @Test
    void aCheckpointNotSignedByTheInstanceIsNamed() {
        var town = Town.busy();
        String note = town.note(town.manifest.origin(), town.boxSize(), town.boxRoot());
        town.register(new RegisterLeaf.BoxCheckpoint(town.manifest.box(), note.replace("\n32\n", "\n31\n")));

        assertThat(RecountTest.failures(town))
                .contains("register leaf " + (town.registerSize() - 1) + ": checkpoint of the box: signature");
    }

    @Test
    void aRegisterLeafThatIsNoLeafIsNamed() {
        var town = Town.busy();
        town.registerRaw("{\"type\":\"box.opened\", \"v\":1}".getBytes(UTF_8));

        assertThat(RecountTest.failures(town))
                .contains("register leaf " + (town.registerSize() - 1) + ": not canonical JSON");
    }

    @Test
    void aPageThatCountsOneTooManyIsNamed() {
        var town = Town.busy();
        town.showCounts(23, 5);

        assertThat(RecountTest.failures(town))
                .contains("the page says 23 of class member at 32 leaves, the box gives 22");
    }

    @Test
    void aPageThatHidesItsNumberIsNamed() {
        var town = Town.busy();
        town.files.put(Town.PAGE, "<p>Thousands signed!</p>".getBytes(UTF_8));

        assertThat(RecountTest.failures(town)).contains("the page marks no number of class member, the box gives 22");
    }

    @Test
    void anotherTextThanPeopleSignedIsNamed() {
        var town = Town.busy();
        town.flip(Town.PAGE + "/text.json", 12);

        assertThat(RecountTest.failures(town)).contains("/p/lanterns/text.json has SHA-256");
    }

    // What a broken or lying server serves: other bytes than were signed.

    @Test
    void aFlippedByteInABundleIsNamed() {
        var town = Town.busy();
        // leaf 0 is 34 bytes with its length; the first entry's token is well behind
        town.flip(town.boxTile(-1), 34 + 2 + TOKEN_AUTHENTICATOR);

        assertThat(RecountTest.failures(town))
                .contains("box leaf 1: its hash is not the one in tile/0/000.p/32")
                .contains("box leaf 1: signature of the entry's key does not verify")
                .contains("its leaves give");
    }

    @Test
    void aFlippedByteInAHashTileIsNamed() {
        var town = Town.busy();
        town.flip(town.boxTile(0), 7 * 32 + 5);

        assertThat(RecountTest.failures(town)).contains("box leaf 7: its hash is not the one in tile/0/000.p/32");
    }

    @Test
    void aDroppedLeafIsNoticed() {
        var town = Town.busy();
        var leaves = new ArrayList<>(town.boxLeaves());
        leaves.remove(9);
        town.files.put(town.boxTile(-1), EntryBundle.encode(leaves));
        assertThat(RecountTest.failures(town)).contains("tile/entries/000.p/32: the bundle ends before entry 31");

        leaves.add(leaves.getLast()); // the right number of leaves again
        town.files.put(town.boxTile(-1), EntryBundle.encode(leaves));
        assertThat(RecountTest.failures(town))
                .contains("box leaf 9: its hash is not the one in")
                .contains("another history");
    }

    @Test
    void aMissingTileIsNamed() {
        var town = Town.busy();
        town.files.remove(town.boxTile(0));
        assertThat(RecountTest.failures(town)).contains("box tile/0/000.p/32 is not served");

        town.files.remove(town.boxTile(-1));
        assertThat(RecountTest.failures(town)).contains("box tile/entries/000.p/32 is not served");
    }

    @Test
    void aFlippedByteInACheckpointIsNamed() {
        for (boolean register : new boolean[] {false, true}) {
            var town = Town.busy();
            String path = register ? town.registerFile("checkpoint") : town.boxFile("checkpoint");
            town.flip(path, new String(town.files.get(path), UTF_8).indexOf('\n') + 1); // the size
            assertThat(RecountTest.failures(town))
                    .contains(path + ": signature of")
                    .contains("does not verify");
        }
    }

    @Test
    void aFlippedByteInTheManifestIsNamed() {
        var town = Town.busy();
        String bundle = town.registerFile("tile/entries/000.p/" + town.registerSize());
        town.edit(bundle, bytes -> {
            String text = new String(bytes, ISO_8859_1);
            int at = text.indexOf("lantern.edu");
            return Town.flipped(bytes, at);
        });

        assertThat(RecountTest.failures(town))
                .contains("register leaf 3: its hash is not the one in")
                .contains("box leaf 0: is not the leaf hash of the manifest in the register")
                .contains("box leaf 1: token answers another challenge");
    }

    @Test
    void aBoxOlderThanItsRegisteredCheckpointIsNamed() {
        var town = Town.busy();
        byte[] before = town.files.get(town.boxFile("checkpoint"));
        town.sign("member", 0);
        town.publish();
        town.files.put(town.boxFile("checkpoint"), before);

        assertThat(RecountTest.failures(town)).contains("checkpoint of 33 leaves, but the box has only 32");
    }

    @Test
    void aRegisterThatShrinksAsWeLookIsNamed() {
        var town = Town.busy();
        byte[] before = town.files.get(town.registerFile("checkpoint"));
        town.registerCheckpoint();
        town.onPage(() -> town.files.put(town.registerFile("checkpoint"), before));

        assertThat(RecountTest.failures(town)).contains("the register shrank");
    }

    @Test
    void aThousandFaultsAreFiveAndANumber() {
        var town = Town.open();
        for (int i = 0; i < 50; i++) town.cast(new byte[] {1, (byte) i});
        town.publish();

        assertThat(RecountTest.failures(town)).contains("; and 45 more").hasSizeLessThan(2000);
    }

    private static String afterCasting(Town town, int flippedByte) {
        byte[] entry = town.entry("member", seed(town), 0).bytes();
        town.cast(Town.flipped(entry, flippedByte));
        town.publish();
        assertThat(town.recount().count("member")).isEqualTo(22);
        return RecountTest.failures(town);
    }

    private static byte[] seed(Town town) {
        byte[] seed = new byte[32];
        town.random.nextBytes(seed);
        return seed;
    }
}
