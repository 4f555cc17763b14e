/// The wall towards PostgreSQL: the private cluster, the roles, the migrations, the tables that hold a log.
@NullMarked
package org.undersigned.server.db;

import org.jspecify.annotations.NullMarked;
