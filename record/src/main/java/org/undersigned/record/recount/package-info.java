/// Step 6 of 6: the recount (PROTOCOL §8). Reads only what anybody can read, trusts only one public key, and says
/// leaf by leaf what it saw. [org.undersigned.record.recount.Recount] is the whole walk: page, register, box.
///
/// | PROTOCOL §8 | type |
/// |---|---|
/// | what is read, and from whom | [Site] |
/// | the walk, `--since`, witnesses | [Recount], [Recount.Options], [Progress] |
/// | what was found | [Report], [Check] |
@NullMarked
package org.undersigned.record.recount;

import org.jspecify.annotations.NullMarked;
