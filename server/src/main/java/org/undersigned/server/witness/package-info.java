/// Instances that watch each other: this one cosigns the registers of others, and has others cosign its own, so that
/// none can show two histories (c2sp.org/tlog-witness).
@NullMarked
package org.undersigned.server.witness;

import org.jspecify.annotations.NullMarked;
