/// Serves actions as iCalendar (RFC 5545).
@NullMarked
package org.undersigned.server.publish.calendar;

import org.jspecify.annotations.NullMarked;
