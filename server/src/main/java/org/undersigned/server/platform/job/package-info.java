/// Runs jobs at fixed intervals.
@NullMarked
package org.undersigned.server.platform.job;

import org.jspecify.annotations.NullMarked;
