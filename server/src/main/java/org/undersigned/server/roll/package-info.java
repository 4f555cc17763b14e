/// Steps 1 and 2 of 6: may this person sign? then blind-sign a whole book. Never sees a token. Next: the box
/// casts.
@NullMarked
package org.undersigned.server.roll;

import org.jspecify.annotations.NullMarked;
