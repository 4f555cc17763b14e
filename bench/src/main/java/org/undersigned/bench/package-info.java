/// Measures the speed of the libraries as ratios to a limit that is measured in the same run: machines are shared
/// and noisy, so an absolute rate means little.
@NullMarked
package org.undersigned.bench;

import org.jspecify.annotations.NullMarked;
