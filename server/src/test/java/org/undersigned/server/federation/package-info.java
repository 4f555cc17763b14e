/// Tests of ActivityPub with servers that behave like Mastodon, Mobilizon and Gancio.
@NullMarked
package org.undersigned.server.federation;

import org.jspecify.annotations.NullMarked;
