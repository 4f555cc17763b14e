/// Instances that watch each other: this one cosigns the registers of others and has its own register cosigned
/// (c2sp.org/tlog-witness), so that no instance can show two histories.
@NullMarked
package org.undersigned.server.count.witness;

import org.jspecify.annotations.NullMarked;
