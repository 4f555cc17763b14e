/// Opens a box for everything a campaign asks people to sign, and closes it when its time is over.
@NullMarked
package org.undersigned.server.count.lifecycle;

import org.jspecify.annotations.NullMarked;
