package org.undersigned.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Compares every proof of every tree of up to 300 leaves (which use two tile levels) with the RFC's recursion, and
/// checks that no changed proof verifies.
final class ProofsTest {
    private static final int LARGEST = 300;

    private final Random random = new Random(6962);
    private final GrowingLog log = new GrowingLog();
    private final Rfc6962 rfc = new Rfc6962(leaves());

    private List<byte[]> leaves() {
        var leaves = new ArrayList<byte[]>();
        for (var i = 0; i < LARGEST; i++) leaves.add(log.leaf(i));
        return leaves;
    }

    @Test
    void everyInclusionProofIsTheRfcsAndVerifies() throws IOException {
        for (var size = 1; size <= LARGEST; size++) {
            log.grow(1);
            var root = rfc.mth(0, size);
            assertThat(log.tree()).isEqualTo(new Tree(size, rfc.mth(0, size)));
            for (var index = 0; index < size; index++) {
                var proof = Proofs.inclusion(log, size, index);
                var leaf = rfc.mth(index, index + 1);
                assertThat(proof).isEqualTo(rfc.path(index, 0, size));
                check(Proofs.verifyInclusion(leaf, index, size, proof, root), true, size, index);
                check(Proofs.verifyInclusion(leaf, index + 1, size, proof, root), false, size, index);
                check(Proofs.verifyInclusion(leaf, index - 1, size, proof, root), false, size, index);
                check(Proofs.verifyInclusion(leaf, index, size, plusOne(proof), root), false, size, index);
                for (var changed : changed(proof, index)) {
                    check(Proofs.verifyInclusion(leaf, index, size, changed, root), false, size, index);
                }
            }
        }
    }

    @Test
    void everyConsistencyProofIsTheRfcsAndVerifies() throws IOException {
        for (var size = 1; size <= LARGEST; size++) {
            log.grow(1);
            var root = rfc.mth(0, size);
            for (var old = 1; old <= size; old++) {
                var proof = Proofs.consistency(log, old, size);
                var oldRoot = rfc.mth(0, old);
                assertThat(proof).isEqualTo(rfc.proof(old, size));
                check(Proofs.verifyConsistency(old, oldRoot, size, root, proof), true, old, size);
                check(Proofs.verifyConsistency(old, oldRoot, size, another(), proof), false, old, size);
                check(Proofs.verifyConsistency(old, another(), size, root, proof), false, old, size);
                check(Proofs.verifyConsistency(old, oldRoot, size, root, plusOne(proof)), false, old, size);
                for (var changed : changed(proof, old)) {
                    check(Proofs.verifyConsistency(old, oldRoot, size, root, changed), false, old, size);
                }
            }
        }
    }

    @Test
    void everyTreeBeginsAsTheEmptyOne() throws IOException {
        log.grow(5);
        var root = log.tree().root();

        assertThat(Proofs.consistency(log, 0, 5)).isEmpty();
        assertThat(Proofs.verifyConsistency(0, Merkle.EMPTY_ROOT, 5, root, List.of()))
                .isTrue();
        assertThat(Proofs.verifyConsistency(0, root, 5, root, List.of())).isFalse();
        assertThat(Proofs.verifyConsistency(0, Merkle.EMPTY_ROOT, 5, root, List.of(root)))
                .isFalse();
        assertThat(Proofs.verifyConsistency(6, root, 5, root, List.of())).isFalse();
        assertThat(Proofs.verifyConsistency(-1, root, 5, root, List.of())).isFalse();
    }

    @Test
    void whatIsNotInTheTreeHasNoProof() {
        log.grow(3);

        assertThatThrownBy(() -> Proofs.inclusion(log, 3, 3)).hasMessageContaining("no leaf 3");
        assertThatThrownBy(() -> Proofs.inclusion(log, 3, -1)).hasMessageContaining("no leaf -1");
        assertThatThrownBy(() -> Proofs.consistency(log, 4, 3)).hasMessageContaining("sizes 4, 3");
    }

    @Test
    void aTileOfTheWrongLengthIsNotRead() {
        assertThatThrownBy(() -> Proofs.rootOf(_ -> new byte[31], 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tile/0/000.p/1 has 31 bytes");
    }

    /// A plain check, because AssertJ's overhead would take longer than the half million proofs.
    private static void check(boolean verifies, boolean expected, int one, int other) {
        if (verifies != expected) throw new AssertionError(one + ", " + other + " verifies: " + verifies);
    }

    /// Changes the proof at one place in each way: remove, alter, swap with the neighbour. Only for one proof in
    /// four, to save time.
    private List<List<Hash>> changed(List<Hash> proof, int salt) {
        if (proof.isEmpty() || random.nextInt(4) != 0) return List.of();
        var at = salt % proof.size();
        var lost = new ArrayList<>(proof);
        lost.remove(at);
        var altered = new ArrayList<>(proof);
        altered.set(at, another());
        var swapped = new ArrayList<>(proof);
        swapped.set(at, proof.get((at + 1) % proof.size()));
        swapped.set((at + 1) % proof.size(), proof.get(at));
        return proof.size() == 1 ? List.of(lost, altered) : List.of(lost, altered, swapped);
    }

    private static List<Hash> plusOne(List<Hash> proof) {
        var longer = new ArrayList<>(proof);
        longer.add(another());
        return longer;
    }

    private static Hash another() {
        return Merkle.EMPTY_ROOT;
    }
}
