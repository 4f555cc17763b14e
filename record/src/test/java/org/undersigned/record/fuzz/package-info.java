/// Fuzzing of the record's parsers with arbitrary bytes.
@NullMarked
package org.undersigned.record.fuzz;

import org.jspecify.annotations.NullMarked;
