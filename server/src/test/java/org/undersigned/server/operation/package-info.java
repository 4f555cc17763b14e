/// Tests of start, stop, crashes, commands and configuration.
@NullMarked
package org.undersigned.server.operation;

import org.jspecify.annotations.NullMarked;
