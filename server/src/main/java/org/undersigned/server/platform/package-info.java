/// The technical foundation, independent of campaigns: HTTP, mail, database, keys and jobs.
@NullMarked
package org.undersigned.server.platform;

import org.jspecify.annotations.NullMarked;
