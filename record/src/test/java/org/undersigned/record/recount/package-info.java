/// Tests of the recount, and [org.undersigned.record.recount.FakeSite], a small valid instance in memory that the
/// tests manipulate.
@NullMarked
package org.undersigned.record.recount;

import org.jspecify.annotations.NullMarked;
