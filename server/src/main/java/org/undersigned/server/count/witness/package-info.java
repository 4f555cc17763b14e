/// Instances cosign each other's registers (c2sp.org/tlog-witness): this one cosigns the registers of others and
/// has its own register cosigned, so that no instance can show two histories.
@NullMarked
package org.undersigned.server.count.witness;

import org.jspecify.annotations.NullMarked;
