/// What people do together on a day: where, when, who calls it, who says they will come.
@NullMarked
package org.undersigned.server.action;

import org.jspecify.annotations.NullMarked;
