/// Failures that prevent the program from starting.
@NullMarked
package org.undersigned.server.platform.startup;

import org.jspecify.annotations.NullMarked;
