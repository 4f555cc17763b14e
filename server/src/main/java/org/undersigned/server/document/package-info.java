/// Documents that people write by hand: JSON read strictly, each fault named with its line and column.
@NullMarked
package org.undersigned.server.document;

import org.jspecify.annotations.NullMarked;
