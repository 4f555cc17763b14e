/// Tests of the command line against a small real web site.
@NullMarked
package org.undersigned.cli;

import org.jspecify.annotations.NullMarked;
