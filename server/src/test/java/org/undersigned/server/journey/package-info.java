/// People's journeys (J1 to J9) in a real browser against a real server.
@NullMarked
package org.undersigned.server.journey;

import org.jspecify.annotations.NullMarked;
