/// What runs by the clock: publishing, tallies, closing, forgetting.
@NullMarked
package org.undersigned.server.job;

import org.jspecify.annotations.NullMarked;
