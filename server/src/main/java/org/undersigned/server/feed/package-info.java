/// What is new, for a reader: updates, actions and answers as Atom feeds (RFC 4287).
@NullMarked
package org.undersigned.server.feed;

import org.jspecify.annotations.NullMarked;
