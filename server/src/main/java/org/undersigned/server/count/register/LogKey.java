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
    private final NoteSigner promises;
    private final NoteSigner register;

    /// @param host the instance's name in its record
    /// @param seed 32 bytes
    public LogKey(String host, byte[] seed) {
        this.host = host;
        this.promises = NoteSigner.ed25519(host + "/promise", seed);
        this.register = promises.named(InstanceLog.REGISTER.origin(host));
    }

    public String host() {
        return host;
    }

    public Note sign(Checkpoint checkpoint) {
        return promises.named(checkpoint.origin()).sign(checkpoint.text());
    }

    public Note sign(Promise promise) {
        return promises.sign(promise.text());
    }

    public NoteVerifier registerVerifier() {
        return register.verifier();
    }

    @Override
    public String toString() {
        return "LogKey(" + host + ", hidden)";
    }
}
