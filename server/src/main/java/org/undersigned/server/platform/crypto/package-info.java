/// Secret keys at rest, and the threads that use them.
@NullMarked
package org.undersigned.server.platform.crypto;

import org.jspecify.annotations.NullMarked;
