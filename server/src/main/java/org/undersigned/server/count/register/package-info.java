/// Step 5 of 6 (docs/PROTOCOL.md): the public log of boxes, checkpoints and tallies. Next step: the recount (module
/// `record`), which reads only public files.
@NullMarked
package org.undersigned.server.count.register;

import org.jspecify.annotations.NullMarked;
