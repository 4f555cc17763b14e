/// What others reported: printed figures read into what they say, bounded by a named rule set, beside who
/// said it and whom they cite. Never mixed with what was counted. The rules and their sources:
/// docs/CLAIMS.md.
@NullMarked
package org.undersigned.server.coverage;

import org.jspecify.annotations.NullMarked;
