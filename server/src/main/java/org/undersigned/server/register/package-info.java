/// Step 5 of 6: what the world is told. Next: the recount, which reads only public files (module record).
@NullMarked
package org.undersigned.server.register;

import org.jspecify.annotations.NullMarked;
