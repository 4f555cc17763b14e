/// Steps 3 and 4 of 6: keep a cast entry once, then publish it in a batch. Never sees a person. Next: the
/// register.
@NullMarked
package org.undersigned.server.box;

import org.jspecify.annotations.NullMarked;
