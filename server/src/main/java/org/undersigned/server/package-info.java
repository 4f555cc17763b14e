/// The server: one process, wired by hand in {@link org.undersigned.server.Main}.
@NullMarked
package org.undersigned.server;

import org.jspecify.annotations.NullMarked;
