package org.undersigned.server.count.witness;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.undersigned.record.WitnessPolicy;
import org.undersigned.tlog.CosignatureVerifier;
import org.undersigned.tlog.NoteVerifier;

/// The other instances that this instance works with as witness or log.
///
/// @param witnesses the witnesses that cosign this instance's register
/// @param quorum    how many of them must have cosigned before anybody signs: 0 to their number
/// @param logs      the keys of registers this instance cosigns; a key's name is its log's origin
public record WitnessPeers(List<Peer> witnesses, int quorum, List<NoteVerifier> logs) {
    public static final WitnessPeers NONE = new WitnessPeers(List.of(), 0, List.of());

    private static final int MOST = 16;

    /// A witness that cosigns this instance's register.
    ///
    /// @param prefix address under which the witness serves `add-checkpoint`
    /// @param key    verifies the witness's cosignatures
    public record Peer(URI prefix, CosignatureVerifier key) {}

    public WitnessPeers {
        witnesses = List.copyOf(witnesses);
        logs = List.copyOf(logs);
    }

    /// Parses the operator's settings.
    ///
    /// @param witnesses `URL VKEY`, several separated by commas; empty for none
    /// @param quorum    a number; empty for more than half of the witnesses
    /// @param logs      `VKEY`, several separated by commas; empty for none
    /// @throws IllegalArgumentException with a message that names the error
    public static WitnessPeers parse(String witnesses, String quorum, String logs) {
        var each = parts(witnesses).map(WitnessPeers::peer).toList();
        var peers = new WitnessPeers(
                each,
                quorum(quorum, each.size()),
                parts(logs).map(NoteVerifier::parse).toList());
        var _ = peers.policy();
        refuseDuplicates(
                peers.witnesses().stream().map(peer -> peer.key().name()).toList(), "witness");
        refuseDuplicates(peers.logs().stream().map(NoteVerifier::name).toList(), "log");
        return peers;
    }

    private static int quorum(String text, int witnesses) {
        if (text.isEmpty()) return witnesses == 0 ? 0 : witnesses / 2 + 1;
        if (text.matches("[0-9]{1,2}") && Integer.parseInt(text) <= witnesses) return Integer.parseInt(text);
        throw new IllegalArgumentException("WITNESS_QUORUM must be 0 to " + witnesses + ", the number of witnesses");
    }

    /// What clients require: the keys of the witnesses, and the quorum.
    public WitnessPolicy policy() {
        return new WitnessPolicy(witnesses.stream().map(Peer::key).toList(), quorum);
    }

    private static Stream<String> parts(String list) {
        return Stream.of(list.split(",")).map(String::strip).filter(part -> !part.isEmpty());
    }

    private static Peer peer(String part) {
        var words = part.split("\\s+");
        if (words.length != 2) throw new IllegalArgumentException("a witness must be an address, a space and a key");
        var prefix = URI.create(words[0]);
        var web = "https".equals(prefix.getScheme()) || "http".equals(prefix.getScheme());
        var plain = prefix.getHost() != null && prefix.getUserInfo() == null && prefix.getQuery() == null;
        if (!web || !plain || prefix.getFragment() != null) {
            throw new IllegalArgumentException(
                    "the address of a witness must be like https://sign.example.org/witness/");
        }
        return new Peer(prefix, CosignatureVerifier.parse(words[1]));
    }

    private static void refuseDuplicates(List<String> names, String what) {
        if (names.size() > MOST) throw new IllegalArgumentException("there are more than " + MOST + " entries");
        var seen = new HashSet<String>();
        for (var name : names) {
            if (!seen.add(name)) throw new IllegalArgumentException("the " + what + " " + name + " is listed twice");
        }
    }
}
