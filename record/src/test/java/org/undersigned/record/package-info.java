/// Tests of the record's types.
@NullMarked
package org.undersigned.record;

import org.jspecify.annotations.NullMarked;
