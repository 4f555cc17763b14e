/// Reported figures: reads printed words into what they say, bounds them by a named rule set, and records who cites
/// whom. Never mixed with what was counted. The rules and their sources: docs/CLAIMS.md.
@NullMarked
package org.undersigned.server.content.coverage;

import org.jspecify.annotations.NullMarked;
