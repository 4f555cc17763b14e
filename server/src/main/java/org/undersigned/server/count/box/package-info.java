/// Steps 3 and 4 of 6 (docs/PROTOCOL.md): stores each cast entry once, then publishes entries in batches. Never
/// learns who cast an entry. Next step: `count.register`.
@NullMarked
package org.undersigned.server.count.box;

import org.jspecify.annotations.NullMarked;
