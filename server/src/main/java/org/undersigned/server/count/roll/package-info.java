/// Steps 1 and 2 of 6 (docs/PROTOCOL.md): checks that a person may sign, then blind-signs one token for every open
/// box. Never sees a token. Next step: `count.box`.
@NullMarked
package org.undersigned.server.count.roll;

import org.jspecify.annotations.NullMarked;
