/// The wall towards mail: codes go out, nothing comes in, nothing is kept.
@NullMarked
package org.undersigned.server.mail;

import org.jspecify.annotations.NullMarked;
