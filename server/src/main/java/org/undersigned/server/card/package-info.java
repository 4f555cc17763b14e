/// Pictures of what the pages say, for messengers: set in the fonts the program brings, drawn as outlines.
@NullMarked
package org.undersigned.server.card;

import org.jspecify.annotations.NullMarked;
