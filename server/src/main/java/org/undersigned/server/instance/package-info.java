/// One running instance: its configuration, its modules connected together, and the table of all routes.
@NullMarked
package org.undersigned.server.instance;

import org.jspecify.annotations.NullMarked;
