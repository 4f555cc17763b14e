/// Witnesses (c2sp.org/tlog-witness): they cosign what continues what they cosigned before, so that a log cannot
/// show two histories to those who ask for their cosignatures.
///
/// | specification | type |
/// |---|---|
/// | c2sp.org/tlog-witness, request body of add-checkpoint | [AddCheckpoint] |
/// | c2sp.org/tlog-witness, what is checked in which order | [Witness] |
/// | c2sp.org/tlog-witness, status codes and response bodies | [AddCheckpointResponse] |
/// | c2sp.org/tlog-witness, "MUST persist … atomically" | [WitnessState], [FileWitnessState], [MemoryWitnessState] |
@NullMarked
package org.undersigned.tlog.witness;

import org.jspecify.annotations.NullMarked;
