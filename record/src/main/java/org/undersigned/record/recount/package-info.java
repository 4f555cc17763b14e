/// Step 6 of 6: the recount (PROTOCOL §8). It reads public files only, trusts one public key only, and reports its
/// findings with leaf indexes. [org.undersigned.record.recount.Recount] runs the whole recount: page, register,
/// box.
///
/// | PROTOCOL §8 | type |
/// |---|---|
/// | the files that are read | [Site] |
/// | the recount, `--since`, witnesses | [Recount], [Recount.Options], [Progress] |
/// | the results | [Report], [Check] |
@NullMarked
package org.undersigned.record.recount;

import org.jspecify.annotations.NullMarked;
