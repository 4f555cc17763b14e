/// Actions of a campaign: date, place, organizers and changes.
@NullMarked
package org.undersigned.server.content.action;

import org.jspecify.annotations.NullMarked;
