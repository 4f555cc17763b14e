package org.undersigned.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.tlog.Note.NoteSignature;

/// c2sp.org/signed-note, one test per sentence.
final class NoteTest {
    private static final NoteSigner SIGNER = NoteSigner.ed25519("example.org/log", new byte[32]);
    private static final NoteSigner OTHER = NoteSigner.ed25519("other.example", LogClientTest.filled(1));

    /// "The note text MAY contain empty lines; the text is separated … by the last empty line". Only characters
    /// below U+0020 are excluded, and the text is not normalized.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "\n\n\n",
                "a\n\nb\n",
                "a\n\n\u2014 example.org/log AAAAAAAA\n",
                "\u2014 example.org/log AAAAAAAA\n",
                "trailing spaces   \n",
                "\u007f delete, \u0085 next line, \u00a0 no-break, \u2028 line separator\n",
                "e\u0301 is not \u00e9\n",
                "\ufeff byte order mark, \ufffd replacement, \ud83d\ude00 outside the basic plane\n",
                "\ufdd0 \uffff noncharacters\n"
            })
    void aTextIsSignedReadBackAndVerifiedByteForByte(String text) {
        var note = SIGNER.sign(text);

        var read = Note.parse(note.bytes());

        assertThat(read).isEqualTo(note);
        assertThat(read.text()).isEqualTo(text);
        assertThat(read.bytes()).isEqualTo(note.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(SIGNER.verifier().verify(read)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no newline",
                "a tab\t\n",
                "a return\r\n",
                "nothing \u0000\n",
                "escape \u001b\n",
                "unit \u001f\n",
                "lone high \ud83d\n",
                "lone low \ude00\n"
            })
    void aTextNoNoteCanHaveIsNeitherSignedNorRead(String text) {
        assertThatThrownBy(() -> SIGNER.sign(text)).isInstanceOf(IllegalArgumentException.class);
        var signature = SIGNER.sign("a\n").signatures().getFirst();
        assertThatThrownBy(() -> Note.parse(text + "\n" + signature.line()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// Overlong form, surrogate, lone continuation byte, truncated sequence, code point beyond U+10FFFF.
    @ParameterizedTest
    @ValueSource(strings = {"c080", "eda080", "80", "e28094e2", "f4908080", "ff"})
    void bytesThatAreNotUtf8AreRefused(String hex) {
        var note = ("x\n\n" + SIGNER.sign("x\n").signatures().getFirst().line()).getBytes(StandardCharsets.UTF_8);
        var bad = java.util.HexFormat.of().parseHex(hex);
        var bytes = new byte[bad.length + note.length];
        System.arraycopy(bad, 0, bytes, 0, bad.length);
        System.arraycopy(note, 0, bytes, bad.length, note.length);

        assertThatThrownBy(() -> Note.parse(bytes)).hasMessageContaining("UTF-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a+b",
                "a\u00a0b",
                "a\u0085b",
                "a\u2003b",
                "a\u2028b",
                "a\u3000b",
                "a\u1680b",
                "a\tb",
                "a\ud83db"
            })
    void aNameWithASpaceOrAPlusIsNone(String name) {
        assertThatThrownBy(() -> NoteSigner.ed25519(name, new byte[32])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new NoteSignature(name, 0, new byte[1])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Note.parse("x\n\n\u2014 " + name + " AAAAAAAA\n"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\u2014", "e\u0301", "\u200b", "\ud83d\ude00", "a/b?c#d"})
    void anyOtherNameIsOne(String name) {
        var signer = NoteSigner.ed25519(name.repeat(300), new byte[32]);

        assertThat(signer.verifier().verify(Note.parse(signer.sign("x\n").bytes())))
                .isTrue();
        assertThat(NoteVerifier.parse(signer.verifier().vkey()).name())
                .isEqualTo(signer.verifier().name());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u2014 n AAAAAAB=",
                "\u2014  n AAAAAAAA",
                "\u2014 n  AAAAAAAA",
                "\u2014 n AAAAAAAA ",
                "\u2014n AAAAAAAA",
                "\u2013 n AAAAAAAA",
                "\u2014 n AAAAAAA",
                "\u2014 n AAAAAA==",
                "\u2014 n AAAA-AAA",
                "\u2014 n AAAA\u00a0AAA",
                "\u2014 n",
                ""
            })
    void aSignatureLineHasOneForm(String line) {
        var good = "x\n\n\u2014 n AAAAAAAA\n";
        assertThat(Note.parse(good).toString()).isEqualTo(good);

        assertThatThrownBy(() -> Note.parse(good + line + "\n")).isInstanceOf(IllegalArgumentException.class);
    }

    /// "Verifiers MUST ignore signatures from unknown keys, even if they share a name or ID (but not both)".
    @Test
    void unknownKeysAreIgnoredEvenIfTheyShareANameOrAnId() {
        var note = SIGNER.sign("x\n");
        var id = SIGNER.verifier().keyId();
        var sameName = new NoteSignature("example.org/log", id + 1, new byte[64]);
        var sameId = new NoteSignature("example.org/other", id, new byte[64]);
        var postQuantum = new NoteSignature("other.example", 6, new byte[2428]);
        var mixed = new Note("x\n", List.of(sameName, note.signatures().getFirst(), sameId, postQuantum));

        assertThat(SIGNER.verifier().verify(Note.parse(mixed.bytes()))).isTrue();
        assertThat(OTHER.verifier().verify(mixed)).isFalse();
        assertThat(new Note("x\n", List.of(sameName, sameId)).signatures())
                .noneMatch(_ -> SIGNER.verifier().verify(new Note("x\n", List.of(sameName, sameId))));
    }

    /// "If the key name and ID match a known key, verifiers MUST verify the signature. If a signature from a
    /// known key fails to verify, clients SHOULD reject the whole note."
    @Test
    void duplicatesAreTakenUnlessOneDoesNotVerify() {
        var note = SIGNER.sign("x\n");
        var twice = note.with(note.signatures());
        var spoiled = note.with(
                List.of(new NoteSignature("example.org/log", SIGNER.verifier().keyId(), new byte[64])));

        assertThat(SIGNER.verifier().verify(Note.parse(twice.bytes()))).isTrue();
        assertThat(SIGNER.verifier().verify(spoiled)).isFalse();
        assertThat(OTHER.verifier().verify(spoiled.with(OTHER.sign("x\n").signatures())))
                .isTrue();
    }

    @Test
    void aNoteHasUpTo100SignaturesAnd1MiB() {
        var one = SIGNER.sign("x\n").signatures().getFirst();
        var most = new Note("x\n", Collections.nCopies(Note.MAX_SIGNATURES, one));
        assertThat(SIGNER.verifier().verify(Note.parse(most.bytes()))).isTrue();
        assertThatThrownBy(() -> most.with(List.of(one))).hasMessageContaining("100");
        assertThatThrownBy(() -> Note.parse(most + one.line())).hasMessageContaining("too many");
        assertThatThrownBy(() -> new Note("x\n", List.of())).hasMessageContaining("1 to 100");

        var rest = SIGNER.sign("\n").bytes().length;
        var long1 = SIGNER.sign("\u2014".repeat((Note.MAX_BYTES - rest) / 3) + "\n");
        assertThat(Note.parse(long1.bytes())).isEqualTo(long1);
        assertThatThrownBy(() -> SIGNER.sign("\u2014".repeat(Note.MAX_BYTES / 3) + "\n"))
                .hasMessageContaining("1 MiB");
        assertThatThrownBy(() -> Note.parse(new byte[Note.MAX_BYTES + 1])).hasMessageContaining("1 MiB");
    }

    /// c2sp.org/tlog-checkpoint: "Any following lines are extension lines, opaque and OPTIONAL".
    @Test
    void extensionLinesAreSignedAndKept() {
        var lines = List.of("one", " two ", "\u2014 three AAAAAAAA", "e\u0301\u2028");
        var checkpoint = new Checkpoint("o", 0, Merkle.EMPTY_ROOT, lines);

        var read = Note.parse(SIGNER.sign(checkpoint.text()).bytes());

        assertThat(SIGNER.verifier().verify(read)).isTrue();
        assertThat(Checkpoint.parse(read.text())).isEqualTo(checkpoint);
        assertThatThrownBy(() -> new Checkpoint("o", 0, Merkle.EMPTY_ROOT, List.of("")))
                .hasMessageContaining("an extension line is empty or contains a newline");
        assertThatThrownBy(() -> Checkpoint.parse("o\n0\n" + Merkle.EMPTY_ROOT.base64() + "\n\nlater\n"))
                .hasMessageContaining("an extension line is empty or contains a newline");
    }
}
