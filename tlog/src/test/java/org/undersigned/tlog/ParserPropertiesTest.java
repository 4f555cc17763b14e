package org.undersigned.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.undersigned.tlog.Note.NoteSignature;
import org.undersigned.tlog.witness.AddCheckpoint;

/// Every written value parses to the same value. A text with one changed character is rejected, or parses to
/// another value that is written as exactly that text.
final class ParserPropertiesTest {
    @Property
    void aTilesPathIsReadBack(
            @ForAll @IntRange(min = -1, max = 7) int level,
            @ForAll @LongRange(min = 0, max = 999_999_999_999_999_999L) long index,
            @ForAll @IntRange(min = 1, max = 256) int width) {
        var tile = new Tile(level, index, width);

        assertThat(Tile.parsePath(tile.path())).isEqualTo(tile);
    }

    @Property
    void aChangedPathIsAnotherTilesOrNone(
            @ForAll @LongRange(min = 0, max = 9_999_999) long index, @ForAll int at, @ForAll char character) {
        strict(changed(new Tile(1, index, 77).path(), at, character), Tile::parsePath, Tile::path);
    }

    @Property
    void aCheckpointIsReadBack(@ForAll("checkpoints") Checkpoint checkpoint) {
        assertThat(Checkpoint.parse(checkpoint.text())).isEqualTo(checkpoint);
    }

    @Property
    void aChangedCheckpointIsAnotherOrNone(
            @ForAll("checkpoints") Checkpoint checkpoint, @ForAll int at, @ForAll char character) {
        strict(changed(checkpoint.text(), at, character), Checkpoint::parse, Checkpoint::text);
    }

    @Property
    void aNoteIsReadBack(@ForAll("notes") Note note) {
        assertThat(Note.parse(note.bytes())).isEqualTo(note);
        assertThat(Note.parse(note.toString())).isEqualTo(note);
    }

    @Property
    void aChangedNoteIsAnotherOrNone(@ForAll("notes") Note note, @ForAll int at, @ForAll char character) {
        strict(changed(note.toString(), at, character), Note::parse, Note::toString);
    }

    @Property
    void aChangedByteOfANoteIsAnotherOrNone(@ForAll("notes") Note note, @ForAll int at, @ForAll byte value) {
        var bytes = note.bytes();
        bytes[Math.floorMod(at, bytes.length)] = value;
        try {
            assertThat(Note.parse(bytes).bytes()).isEqualTo(bytes);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    @Property
    void aBundleIsReadBackAndNeitherCutNorPrefixed(@ForAll @Size(max = 256) List<@Size(max = 40) byte[]> entries) {
        var bundle = EntryBundle.encode(entries);

        assertThat(EntryBundle.parse(bundle, entries.size()))
                .usingElementComparator(Arrays::compare)
                .containsExactlyElementsOf(entries);
        assertThatThrownBy(() -> EntryBundle.parse(bundle, entries.size() + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EntryBundle.parse(Arrays.copyOf(bundle, bundle.length + 1), entries.size()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void aKeyIsReadBackAndAnyChangeRefused(
            @ForAll("names") String name, @ForAll @Size(32) byte[] publicKey, @ForAll int at, @ForAll char character) {
        var key = NoteVerifier.ed25519(name, publicKey);
        var witness = CosignatureVerifier.ed25519(name, publicKey);

        assertThat(NoteVerifier.parse(key.vkey()).publicKey()).isEqualTo(publicKey);
        assertThat(CosignatureVerifier.parse(witness.vkey()).publicKey()).isEqualTo(publicKey);
        strict(changed(key.vkey(), at, character), NoteVerifier::parse, NoteVerifier::vkey);
        strict(changed(witness.vkey(), at, character), CosignatureVerifier::parse, CosignatureVerifier::vkey);
    }

    @Property
    void aProofIsReadBackAndAChangedOneIsAnotherOrNone(
            @ForAll("checkpoints") Checkpoint checkpoint,
            @ForAll @Size(max = 63) List<@Size(32) byte[]> path,
            @ForAll @Size(max = 99) byte[] extra,
            @ForAll int at,
            @ForAll char character) {
        if (checkpoint.size() == 0) return;
        var hashes = path.stream().map(Hash::of).toList();
        var proof = new LogProof(extra, checkpoint.size() - 1, hashes, signed(checkpoint));

        assertThat(LogProof.parse(proof.text().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(proof);
        strict(changed(proof.text(), at, character), LogProof::parse, LogProof::text);
    }

    @Property
    void aRequestIsReadBackAndAChangedOneIsAnotherOrNone(
            @ForAll("checkpoints") Checkpoint checkpoint,
            @ForAll @LongRange(min = 0, max = 999_999_999_999_999_999L) long old,
            @ForAll @Size(max = 63) List<@Size(32) byte[]> proof,
            @ForAll int at,
            @ForAll char character) {
        var request = new AddCheckpoint(old, proof.stream().map(Hash::of).toList(), signed(checkpoint));
        Function<String, AddCheckpoint> parse = text -> AddCheckpoint.parse(text.getBytes(StandardCharsets.UTF_8));

        assertThat(parse.apply(request.text())).isEqualTo(request);
        var changed = changed(request.text(), at, character).getBytes(StandardCharsets.UTF_8);
        strict(new String(changed, StandardCharsets.UTF_8), parse, AddCheckpoint::text);
    }

    private static <T> void strict(String text, Function<String, T> parse, Function<T, String> write) {
        T value;
        try {
            value = parse.apply(text);
        } catch (IllegalArgumentException e) {
            return;
        }
        assertThat(write.apply(value)).isEqualTo(text);
    }

    private static String changed(String text, int at, char character) {
        var changed = new StringBuilder(text);
        changed.setCharAt(Math.floorMod(at, text.length()), character);
        return changed.toString();
    }

    private static Note signed(Checkpoint checkpoint) {
        return new Note(checkpoint.text(), List.of(new NoteSignature("name", 7, new byte[] {1, 2})));
    }

    @Provide
    Arbitrary<Checkpoint> checkpoints() {
        var sizes = Arbitraries.longs().between(0, 999_999_999_999_999_999L);
        var roots = Arbitraries.bytes().array(byte[].class).ofSize(32).map(Hash::of);
        var extensions = lines().list().ofMaxSize(3);
        return Combinators.combine(lines(), sizes, roots, extensions)
                .as((origin, size, root, more) ->
                        new Checkpoint(origin, size, size == 0 ? Merkle.EMPTY_ROOT : root, more));
    }

    @Provide
    Arbitrary<Note> notes() {
        var texts = lines().list().ofMaxSize(5).map(lines -> String.join("\n", lines) + "\n");
        var signatures = Combinators.combine(
                        names(),
                        Arbitraries.integers(),
                        Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(80))
                .as(NoteSignature::new);
        return Combinators.combine(texts, signatures.list().ofMinSize(1).ofMaxSize(5))
                .as(Note::new);
    }

    /// Any characters a line may contain, including those outside the basic plane.
    private static Arbitrary<String> lines() {
        return characters()
                .filter(c -> c >= 0x20)
                .list()
                .ofMinSize(1)
                .ofMaxSize(20)
                .map(ParserPropertiesTest::join);
    }

    @Provide
    Arbitrary<String> names() {
        return characters()
                .filter(c -> c > 0x20 && c != '+' && c != 0x85 && !Character.isSpaceChar(c))
                .list()
                .ofMinSize(1)
                .ofMaxSize(20)
                .map(ParserPropertiesTest::join);
    }

    private static Arbitrary<Integer> characters() {
        return Arbitraries.frequencyOf(
                        Tuple.of(5, Arbitraries.integers().between(0x20, 0x7f)),
                        Tuple.of(1, Arbitraries.of(0x2014, 0x301, 0x2028, 0xa0, 0x85, 0xfeff, 0x1f600)),
                        Tuple.of(1, Arbitraries.integers().between(0x80, Character.MAX_CODE_POINT)))
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE);
    }

    private static String join(List<Integer> codePoints) {
        var text = new StringBuilder();
        codePoints.forEach(text::appendCodePoint);
        return text.toString();
    }
}
