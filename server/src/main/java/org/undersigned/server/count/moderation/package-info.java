/// Names and comments wait here until a moderator has read them. Every decision is recorded. No decision changes a
/// count.
@NullMarked
package org.undersigned.server.count.moderation;

import org.jspecify.annotations.NullMarked;
