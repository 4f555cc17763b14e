/// Following a campaign from Mastodon, Mobilizon, Gancio and their like (ActivityPub), without a list of followers.
@NullMarked
package org.undersigned.server.fediverse;

import org.jspecify.annotations.NullMarked;
