/// Transparency logs as files: RFC 6962 §2 hashing and proofs, and the C2SP formats signed-note, tlog-checkpoint
/// and tlog-tiles.
///
/// | specification | type |
/// |---|---|
/// | RFC 6962 §2.1, hashing | [Merkle], [Hash], [RunningRoot] |
/// | RFC 9162 §2.1.3.2 and §2.1.4.2, verifying proofs | [Proofs] |
/// | c2sp.org/signed-note | [Note], [NoteSigner], [NoteVerifier] |
/// | c2sp.org/tlog-checkpoint | [Checkpoint] |
/// | c2sp.org/tlog-tiles | [Tile], [EntryBundle], [TileSource], [TileStore], [LogWriter] |
/// | RFC 8032, Ed25519 | [Ed25519] |
@NullMarked
package org.undersigned.tlog;

import org.jspecify.annotations.NullMarked;
