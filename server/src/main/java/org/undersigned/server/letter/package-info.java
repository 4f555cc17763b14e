/// Letters to those who decide: composed, printed or mailed on the writer's own device. The server never sees one.
@NullMarked
package org.undersigned.server.letter;

import org.jspecify.annotations.NullMarked;
