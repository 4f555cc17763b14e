/// Tests of the command line against a small real HTTP server.
@NullMarked
package org.undersigned.cli;

import org.jspecify.annotations.NullMarked;
