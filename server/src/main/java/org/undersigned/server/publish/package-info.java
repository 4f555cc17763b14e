/// Every way of publishing. No way of publishing imports another.
@NullMarked
package org.undersigned.server.publish;

import org.jspecify.annotations.NullMarked;
