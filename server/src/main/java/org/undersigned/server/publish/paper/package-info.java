/// Flyers, strips, posters and petition packets as tagged PDF.
@NullMarked
package org.undersigned.server.publish.paper;

import org.jspecify.annotations.NullMarked;
