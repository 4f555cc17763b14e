/// The PostgreSQL boundary: the private cluster, the roles, the migrations, the tables that hold a log.
@NullMarked
package org.undersigned.server.platform.db;

import org.jspecify.annotations.NullMarked;
