/// One running instance: its configuration, the rooms wired together, and the table of all routes.
@NullMarked
package org.undersigned.server.instance;

import org.jspecify.annotations.NullMarked;
