/// Witnesses (c2sp.org/tlog-witness): a witness cosigns only checkpoints that continue the ones it cosigned before,
/// so that a log cannot show two histories to readers who require its cosignatures.
///
/// | specification | type |
/// |---|---|
/// | c2sp.org/tlog-witness, request body of add-checkpoint | [AddCheckpoint] |
/// | c2sp.org/tlog-witness, checks and their order | [Witness] |
/// | c2sp.org/tlog-witness, status codes and response bodies | [AddCheckpointResponse] |
/// | c2sp.org/tlog-witness, "MUST persist … atomically" | [WitnessState], [FileWitnessState], [MemoryWitnessState] |
@NullMarked
package org.undersigned.tlog.witness;

import org.jspecify.annotations.NullMarked;
