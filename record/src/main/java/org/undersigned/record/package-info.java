/// The byte formats of the public record: manifests, entries, withdrawals, promises and register leaves
/// (docs/PROTOCOL.md). Step 6 of 6, the recount, is in the subpackage `recount` and reads only these types.
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
/// All types here are immutable values. They are parsed strictly and written back to the same bytes. Malformed
/// input throws an [IllegalArgumentException] that names the position. Well-formed input that fails verification
/// (for example a wrong signature) is a return value, never an exception.
@NullMarked
package org.undersigned.record;

import org.jspecify.annotations.NullMarked;
