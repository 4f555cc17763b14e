/// Reported figures: converts printed words to their literal meaning, bounds them with a named rule set, and
/// records who cites whom. Reported figures are never mixed with counted ones. The rules and their sources:
/// docs/CLAIMS.md.
@NullMarked
package org.undersigned.server.content.coverage;

import org.jspecify.annotations.NullMarked;
