/// The count over HTTP: what is accepted, what is refused, what a lying server can achieve.
@NullMarked
package org.undersigned.server.protocol;

import org.jspecify.annotations.NullMarked;
