/// Bytes from anywhere at the doors of the record.
@NullMarked
package org.undersigned.record.fuzz;

import org.jspecify.annotations.NullMarked;
