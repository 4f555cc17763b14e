/// What the program needs from the machine it runs on, independent of campaigns.
@NullMarked
package org.undersigned.server.platform;

import org.jspecify.annotations.NullMarked;
