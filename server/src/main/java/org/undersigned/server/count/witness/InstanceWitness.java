package org.undersigned.server.count.witness;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.undersigned.server.count.register.InstanceLog;
import org.undersigned.server.platform.crypto.MasterKey;
import org.undersigned.tlog.CosignatureVerifier;
import org.undersigned.tlog.Cosigner;
import org.undersigned.tlog.NoteVerifier;
import org.undersigned.tlog.witness.AddCheckpoint;
import org.undersigned.tlog.witness.AddCheckpointResponse;
import org.undersigned.tlog.witness.Witness;

/// This instance as a witness of other registers. It has a key of its own, separate from the log key, because an
/// Ed25519 cosignature does not contain the name of its signer (c2sp.org/tlog-cosignature).
public final class InstanceWitness {
    private static final String SEALED_AS = "witness";
    private static final int SEED = 32; // bytes (RFC 8032 §5.1.5)

    private final CosignatureVerifier key;
    private final Witness witness;

    private InstanceWitness(Cosigner cosigner, List<NoteVerifier> logs, WitnessStore store, Clock clock) {
        key = cosigner.verifier();
        var byOrigin = logs.stream()
                .flatMap(InstanceWitness::withLedger)
                .distinct()
                .collect(Collectors.toUnmodifiableMap(NoteVerifier::name, List::of));
        witness = new Witness(cosigner, byOrigin, store, clock);
    }

    /// A register's key, and that of the same instance's ledger: the same key by another name. A log of another
    /// program has one key.
    private static Stream<NoteVerifier> withLedger(NoteVerifier key) {
        var suffix = "/" + InstanceLog.REGISTER.id();
        if (!key.name().endsWith(suffix)) return Stream.of(key);
        var host = key.name().substring(0, key.name().length() - suffix.length());
        return Stream.of(key, NoteVerifier.ed25519(InstanceLog.LEDGER.origin(host), key.publicKey()));
    }

    /// Opens the witness of the instance named `host`; the first time, generates its key.
    ///
    /// @param logs the keys of the logs whose checkpoints it cosigns
    public static InstanceWitness open(
            Jdbi jdbi, String host, List<NoteVerifier> logs, MasterKey masterKey, SecureRandom random, Clock clock) {
        var store = new WitnessStore(jdbi);
        if (store.sealedSeed().isEmpty()) {
            var fresh = new byte[SEED];
            random.nextBytes(fresh);
            store.keep(masterKey.seal(SEALED_AS, fresh)); // if two nodes start at once, the first seed stays
        }
        var seed = masterKey.open(SEALED_AS, store.sealedSeed().orElseThrow());
        return new InstanceWitness(Cosigner.ed25519(host + "/witness", seed), logs, store, clock);
    }

    /// The public key that verifies this witness's cosignatures.
    public CosignatureVerifier key() {
        return key;
    }

    AddCheckpointResponse addCheckpoint(AddCheckpoint request) throws IOException {
        return witness.addCheckpoint(request);
    }
}
