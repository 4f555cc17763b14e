/// Actions of a campaign: date, place, who calls for them, and what changed.
@NullMarked
package org.undersigned.server.content.action;

import org.jspecify.annotations.NullMarked;
