/// Serves updates, actions and answers as Atom feeds (RFC 4287).
@NullMarked
package org.undersigned.server.publish.feed;

import org.jspecify.annotations.NullMarked;
