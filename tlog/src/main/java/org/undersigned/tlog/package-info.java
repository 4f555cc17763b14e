/// Transparency logs as files: RFC 6962 §2 hashing and proofs, and the C2SP formats signed-note, tlog-checkpoint,
/// tlog-tiles, tlog-cosignature and tlog-proof. Witnesses are in [org.undersigned.tlog.witness], HTTP is in
/// [org.undersigned.tlog.http].
///
/// | specification | type |
/// |---|---|
/// | RFC 6962 §2.1, hashing | [Merkle], [Hash], [RunningRoot] |
/// | RFC 6962 §2.1.1 and §2.1.2, making proofs; RFC 9162 §2.1.3.2 and §2.1.4.2, verifying them | [Proofs] |
/// | c2sp.org/signed-note, type 0x01 | [Note], [NoteSigner], [NoteVerifier] |
/// | c2sp.org/tlog-checkpoint | [Checkpoint], [Tree], [CheckpointSource] |
/// | c2sp.org/tlog-cosignature, Ed25519 (type 0x04) and ML-DSA-44 (type 0x06) | [Cosigner], [CosignatureVerifier] |
/// | c2sp.org/tlog-tiles, layout | [Tile], [EntryBundle] |
/// | c2sp.org/tlog-tiles, writing | [LogWriter], [TileStore], [FileTiles], [MemoryTiles] |
/// | c2sp.org/tlog-tiles, verified reading | [LogClient], [LogView], [TileSource], [UnprovenException] |
/// | c2sp.org/tlog-tiles, monitors | [Monitor], [EntrySink] |
/// | c2sp.org/tlog-proof | [LogProof] |
/// | accepted keys and required witnesses | [LogPolicy] |
/// | RFC 8032, Ed25519 | [Ed25519] |
@NullMarked
package org.undersigned.tlog;

import org.jspecify.annotations.NullMarked;
