/// How fast the libraries are, as ratios to a limit measured in the same run: machines are shared and noisy, so a
/// rate alone says little.
@NullMarked
package org.undersigned.bench;

import org.jspecify.annotations.NullMarked;
