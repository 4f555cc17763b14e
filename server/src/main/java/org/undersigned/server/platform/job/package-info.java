/// Runs jobs: again after a pause, and at once when something has changed.
@NullMarked
package org.undersigned.server.platform.job;

import org.jspecify.annotations.NullMarked;
