/// Campaigns on paper: flyers, strips, posters and petitions to hand over, as tagged PDF.
@NullMarked
package org.undersigned.server.paper;

import org.jspecify.annotations.NullMarked;
