package org.undersigned.server.count.register;

import org.undersigned.record.Promise;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.Note;
import org.undersigned.tlog.NoteSigner;
import org.undersigned.tlog.NoteVerifier;

/// The instance's Ed25519 log key. It signs promises, and the checkpoints of the register and the boxes, each
/// checkpoint under the log's own origin.
public final class LogKey {
    private final String host;
    private final byte[] seed;

    /// @param host the instance's name in its record
    /// @param seed 32 bytes
    public LogKey(String host, byte[] seed) {
        this.host = host;
        this.seed = seed.clone();
    }

    public String host() {
        return host;
    }

    public Note sign(Checkpoint checkpoint) {
        return NoteSigner.ed25519(checkpoint.origin(), seed).sign(checkpoint.text());
    }

    public Note sign(Promise promise) {
        return NoteSigner.ed25519(host + "/promise", seed).sign(promise.text());
    }

    public NoteVerifier registerVerifier() {
        return NoteSigner.ed25519(InstanceLog.REGISTER.origin(host), seed).verifier();
    }

    @Override
    public String toString() {
        return "LogKey(" + host + ", hidden)";
    }
}
