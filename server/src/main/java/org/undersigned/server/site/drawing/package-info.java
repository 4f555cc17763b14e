/// Charts, the map and outlined text, computed as shapes. Templates and renderers turn them into SVG, PDF or PNG.
@NullMarked
package org.undersigned.server.site.drawing;

import org.jspecify.annotations.NullMarked;
