/// Tests of the recount, and [org.undersigned.record.recount.Town], a small true instance in memory that they
/// tamper with.
@NullMarked
package org.undersigned.record.recount;

import org.jspecify.annotations.NullMarked;
