/// One record for each page: the values that its template (src/main/jte) and other outputs show.
@NullMarked
package org.undersigned.server.site.view;

import org.jspecify.annotations.NullMarked;
