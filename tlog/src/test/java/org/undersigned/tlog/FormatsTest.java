package org.undersigned.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Notes, checkpoints, tile paths, bundles and keys: the parser reads the canonical form and rejects every other
/// form.
final class FormatsTest {
    private static final NoteSigner SIGNER = NoteSigner.ed25519("example.org/log", new byte[32]);

    /// RFC 8032 §7.1, tests 1 and 2.
    @ParameterizedTest
    @CsvSource({
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
                + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,,"
                + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
                + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
                + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    })
    void ed25519IsAsPublished(String seed, String publicKey, String message, String signature) {
        var hex = HexFormat.of();
        var bytes = message == null ? new byte[0] : hex.parseHex(message);

        assertThat(Ed25519.publicKey(hex.parseHex(seed))).isEqualTo(hex.parseHex(publicKey));
        assertThat(Ed25519.sign(hex.parseHex(seed), bytes)).isEqualTo(hex.parseHex(signature));
        assertThat(Ed25519.verify(hex.parseHex(publicKey), bytes, hex.parseHex(signature)))
                .isTrue();
        assertThat(Ed25519.verify(hex.parseHex(publicKey), new byte[9], hex.parseHex(signature)))
                .isFalse();
        assertThat(Ed25519.verify(new byte[31], bytes, hex.parseHex(signature))).isFalse();
        assertThat(Ed25519.verify(hex.parseHex(publicKey), bytes, new byte[63])).isFalse();
    }

    @Test
    void aNoteIsReadBackAndVerifies() {
        var note = SIGNER.sign("hello\n");

        var read = Note.parse(note.toString());

        assertThat(read).isEqualTo(note);
        assertThat(SIGNER.verifier().verify(read)).isTrue();
        assertThat(NoteVerifier.parse(SIGNER.verifier().vkey()).verify(read)).isTrue();
    }

    @Test
    void aChangedTextOrAnotherKeyDoesNotVerify() {
        var note = SIGNER.sign("hello\n");
        var changed = Note.parse(note.toString().replace("hello", "jello"));
        var stranger = NoteSigner.ed25519("example.org/log", new byte[] {
            1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
        });

        assertThat(SIGNER.verifier().verify(changed)).isFalse();
        assertThat(stranger.verifier().verify(note)).isFalse();
    }

    @Test
    void anUnknownSignatureIsKeptAndDoesNoHarm() {
        var note = SIGNER.sign("hello\n");
        var other = NoteSigner.ed25519("other.example", new byte[32]).sign("hello\n");
        var both = new Note(
                "hello\n",
                List.of(other.signatures().getFirst(), note.signatures().getFirst()));

        assertThat(SIGNER.verifier().verify(Note.parse(both.toString()))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello\n",
                "hello\n\n",
                "hello\n\n\u2014 name AAAAAAAA",
                "hello\n\n- name AAAAAAAA\n",
                "hello\n\n\u2014 name AAAA\n",
                "hello\n\n\u2014 na+me AAAAAAAA\n",
                "hello\n\n\u2014 name AAAAAAB=\n",
                "hello\u0001\n\n\u2014 name AAAAAAAA\n"
            })
    void aMalformedNoteIsRefused(String note) {
        assertThatThrownBy(() -> Note.parse(note)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aVerifierKeyWhoseIdIsNotItsHashIsRefused() {
        var vkey = SIGNER.verifier().vkey();
        var wrong = vkey.replaceFirst("\\+[0-9a-f]{8}\\+", "+00000000+");

        assertThatThrownBy(() -> NoteVerifier.parse(wrong)).hasMessageContaining("key id does not match the key");
        assertThatThrownBy(() -> NoteVerifier.parse("nonsense")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "o\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "o\n12\nWqx3HImawpLnS/Gv4ubjAvi1WIOy0b8Ze0amvqbavKk=\nan extension\n"
            })
    void aCheckpointIsReadBack(String text) {
        assertThat(Checkpoint.parse(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "o\n1\n",
                "o\n01\nWqx3HImawpLnS/Gv4ubjAvi1WIOy0b8Ze0amvqbavKk=\n",
                "o\n-1\nWqx3HImawpLnS/Gv4ubjAvi1WIOy0b8Ze0amvqbavKk=\n",
                "o\n1\nWqx3HImawpLnS/Gv4ubjAvi1WIOy0b8Ze0amvqbavKl=\n",
                "o\n1\nWqx3\n",
                "\n1\nWqx3HImawpLnS/Gv4ubjAvi1WIOy0b8Ze0amvqbavKk=\n",
                "o\n0\nWqx3HImawpLnS/Gv4ubjAvi1WIOy0b8Ze0amvqbavKk=\n",
                "o\n1\nWqx3HImawpLnS/Gv4ubjAvi1WIOy0b8Ze0amvqbavKk=\n\n"
            })
    void aCheckpointThatIsNotCanonicalIsRefused(String text) {
        assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tile/0/000",
                "tile/0/x001/x234/067",
                "tile/5/999.p/255",
                "tile/entries/x001/000.p/1",
                "tile/entries/000"
            })
    void aTilePathIsReadBack(String path) {
        assertThat(Tile.parsePath(path).path()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tile/0/0", "tile/8/000", "tile/0/x000/000", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01",
                "tile/0/001/000", "tile/-1/000", "tile/0/000/", "/tile/0/000", "tile/data/000", "tile/0/x00a/000"
            })
    void aTilePathThatIsNotCanonicalIsRefused(String path) {
        assertThatThrownBy(() -> Tile.parsePath(path)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNumberThatCouldNotBeReadBackIsNone() {
        var most = 999_999_999_999_999_999L;
        var tile = new Tile(0, most, 1);
        var checkpoint = new Checkpoint("o", most, Merkle.leaf(new byte[0]), List.of());

        assertThat(Tile.parsePath(tile.path())).isEqualTo(tile);
        assertThat(Checkpoint.parse(checkpoint.text())).isEqualTo(checkpoint);
        assertThatThrownBy(() -> new Tile(0, most + 1, 1)).hasMessage("a tile's index must have at most 18 digits");
        assertThatThrownBy(() -> new Tile(0, -1, 1)).hasMessage("a tile's index must not be negative");
        assertThatThrownBy(() -> new Checkpoint("o", most + 1, Merkle.leaf(new byte[0]), List.of()))
                .hasMessage("a size must have at most 18 digits");
    }

    @Test
    void aBundleIsReadBackAndNothingShorterOrLonger() {
        var entries = List.of(new byte[] {1, 2}, new byte[0], new byte[300]);
        var bundle = EntryBundle.encode(entries);

        assertThat(EntryBundle.parse(bundle, 3))
                .usingElementComparator((a, b) -> java.util.Arrays.compare(a, b))
                .containsExactlyElementsOf(entries);
        assertThatThrownBy(() -> EntryBundle.parse(bundle, 2)).hasMessageContaining("after the last");
        assertThatThrownBy(() -> EntryBundle.parse(bundle, 4)).hasMessageContaining("before entry 3");
        for (var width : new int[] {-1, 257, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> EntryBundle.parse(bundle, width)).hasMessage("the width must be 0 to 256");
        }
        assertThat(EntryBundle.parse(EntryBundle.encode(java.util.Collections.nCopies(256, new byte[1])), 256))
                .hasSize(256);
        assertThatThrownBy(() -> EntryBundle.parse(java.util.Arrays.copyOf(bundle, 100), 3))
                .hasMessageContaining("inside entry 2");
        assertThatThrownBy(() -> EntryBundle.encode(List.of(new byte[65_536]))).hasMessageContaining("65,535");
    }

    @Test
    void aHashHas32BytesAndOneBase64Form() {
        assertThatThrownBy(() -> Hash.of(new byte[31])).hasMessageContaining("32 bytes, not 31");
        assertThat(Hash.ofBase64(Merkle.EMPTY_ROOT.base64())).isEqualTo(Merkle.EMPTY_ROOT);
    }
}
