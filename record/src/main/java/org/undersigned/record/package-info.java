/// What the public record says, byte for byte: manifests, entries, withdrawals, promises and the register's leaves
/// (docs/PROTOCOL.md §3, §5, §7, §9). Step 6 of 6, the recount, is in the package below and reads only these types.
///
/// Everything here is a value: parsed strictly at the door, immutable after, and written back to the same bytes.
/// Malformed input is an [IllegalArgumentException] that says where; a well-formed thing that is not true (a
/// signature that does not verify) is an answer, never an exception.
@NullMarked
package org.undersigned.record;

import org.jspecify.annotations.NullMarked;
