/// Names and comments wait here until a moderator has read them; every decision is written down. Never touches a count.
@NullMarked
package org.undersigned.server.moderation;

import org.jspecify.annotations.NullMarked;
