/// Following a campaign over ActivityPub (Mastodon, Mobilizon, Gancio) without a list of followers.
@NullMarked
package org.undersigned.server.publish.activitypub;

import org.jspecify.annotations.NullMarked;
