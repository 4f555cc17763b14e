/// The demonstration: a sample campaign, a public inbox, and programs that sign.
@NullMarked
package org.undersigned.server.demo;

import org.jspecify.annotations.NullMarked;
