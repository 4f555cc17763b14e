package org.undersigned.server.count.witness;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.undersigned.tlog.CosignatureVerifier;
import org.undersigned.tlog.NoteVerifier;

/// Other people's instances that this one works with.
///
/// @param witnesses who cosign this instance's register
/// @param logs      the keys of registers this instance cosigns; a key's name is its log's origin
public record WitnessPeers(List<Peer> witnesses, List<NoteVerifier> logs) {
    public static final WitnessPeers NONE = new WitnessPeers(List.of(), List.of());

    private static final int MOST = 16;

    /// A witness.
    ///
    /// @param prefix under which its `add-checkpoint` is
    /// @param key    that its cosignatures are checked with
    public record Peer(URI prefix, CosignatureVerifier key) {}

    public WitnessPeers {
        witnesses = List.copyOf(witnesses);
        logs = List.copyOf(logs);
    }

    /// Reads what an operator set.
    ///
    /// @param witnesses `URL VKEY`, more of them after commas; empty for none
    /// @param logs      `VKEY`, more of them after commas; empty for none
    /// @throws IllegalArgumentException naming what is wrong
    public static WitnessPeers parse(String witnesses, String logs) {
        var peers = new WitnessPeers(
                parts(witnesses).map(WitnessPeers::peer).toList(),
                parts(logs).map(NoteVerifier::parse).toList());
        refuseTwice(peers.witnesses().stream().map(peer -> peer.key().name()).toList(), "witness");
        refuseTwice(peers.logs().stream().map(NoteVerifier::name).toList(), "log");
        return peers;
    }

    private static Stream<String> parts(String list) {
        return Stream.of(list.split(",")).map(String::strip).filter(part -> !part.isEmpty());
    }

    private static Peer peer(String part) {
        var words = part.split("\\s+");
        if (words.length != 2)
            throw new IllegalArgumentException("a witness is written as its address, a space, its key");
        var prefix = URI.create(words[0]);
        var web = "https".equals(prefix.getScheme()) || "http".equals(prefix.getScheme());
        var plain = prefix.getHost() != null && prefix.getUserInfo() == null && prefix.getQuery() == null;
        if (!web || !plain || prefix.getFragment() != null) {
            throw new IllegalArgumentException("a witness has an address like https://sign.example.org/witness/");
        }
        return new Peer(prefix, CosignatureVerifier.parse(words[1]));
    }

    private static void refuseTwice(List<String> names, String what) {
        if (names.size() > MOST) throw new IllegalArgumentException("there are more than " + MOST + " of them");
        var seen = new HashSet<String>();
        for (var name : names) {
            if (!seen.add(name)) throw new IllegalArgumentException("the " + what + " " + name + " is named twice");
        }
    }
}
