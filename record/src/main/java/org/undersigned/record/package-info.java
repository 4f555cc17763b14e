/// What the public record says, byte for byte: manifests, entries, withdrawals, promises and the register's leaves
/// (docs/PROTOCOL.md). Step 6 of 6, the recount, is in the package below and reads only these types.
///
/// | PROTOCOL | type |
/// |---|---|
/// | §3, manifest | [Manifest], [BoxId] |
/// | §5, entry and promise | [Entry], [CastRequest], [Promise], [Statement], [Verdict] |
/// | §6, where a site's logs are | [Instance] |
/// | §7, withdrawal | [Withdrawal] |
/// | §8, recount | [org.undersigned.record.recount] |
/// | §9, register leaves | [RegisterLeaf] |
/// | RFC 8785, canonical JSON | [CanonicalJson] |
///
/// Everything here is a value: parsed strictly at the door, immutable after, and written back to the same bytes.
/// Malformed input is an [IllegalArgumentException] that says where; a well-formed thing that is not true (a
/// signature that does not verify) is an answer, never an exception.
@NullMarked
package org.undersigned.record;

import org.jspecify.annotations.NullMarked;
