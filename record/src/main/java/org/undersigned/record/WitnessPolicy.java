package org.undersigned.record;

import java.util.Comparator;
import java.util.List;
import org.undersigned.tlog.CosignatureVerifier;
import org.undersigned.tlog.LogPolicy;
import org.undersigned.tlog.NoteVerifier;

/// The witnesses of an instance's two logs, and how many of them must have cosigned a checkpoint before anybody
/// signs under it (PROTOCOL §8; c2sp.org/tlog-policy).
///
/// @param witnesses sorted by their keys
/// @param quorum    between 0 and the number of witnesses; 0 requires none
public record WitnessPolicy(List<CosignatureVerifier> witnesses, int quorum) {
    /// The policy of an instance that nobody watches.
    public static final WitnessPolicy NONE = new WitnessPolicy(List.of(), 0);

    /// @throws IllegalArgumentException if two witnesses share a key, or the quorum is not 0 to their number
    public WitnessPolicy {
        witnesses = witnesses.stream()
                .sorted(Comparator.comparing(CosignatureVerifier::vkey))
                .toList();
        LogPolicy.of(NoteVerifier.ed25519("any", new byte[32])).withWitnesses(witnesses, quorum);
    }

    /// @param vkeys of the witnesses (c2sp.org/signed-note, "Verifier keys")
    /// @throws IllegalArgumentException like the constructor, and for malformed keys
    public static WitnessPolicy parse(List<String> vkeys, int quorum) {
        return new WitnessPolicy(vkeys.stream().map(CosignatureVerifier::parse).toList(), quorum);
    }

    /// The keys as text, sorted.
    public List<String> vkeys() {
        return witnesses.stream().map(CosignatureVerifier::vkey).toList();
    }

    /// What a checkpoint of a log needs: the log's signature and the quorum of cosignatures.
    public LogPolicy of(NoteVerifier log) {
        return LogPolicy.of(log).withWitnesses(witnesses, quorum);
    }

    /// True if both name the same witnesses and the same quorum.
    public boolean saysTheSameAs(WitnessPolicy other) {
        return quorum == other.quorum && vkeys().equals(other.vkeys());
    }

    /// For example `2 of one.example/witness, two.example/witness`.
    @Override
    public String toString() {
        return witnesses.isEmpty()
                ? "no witnesses"
                : quorum + " of "
                        + String.join(
                                ", ",
                                witnesses.stream()
                                        .map(CosignatureVerifier::name)
                                        .toList());
    }
}
