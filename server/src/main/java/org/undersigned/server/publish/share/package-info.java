/// What search engines, messengers and other sites show of a page: head, linked data, preview cards, oEmbed,
/// sitemap.
@NullMarked
package org.undersigned.server.publish.share;

import org.jspecify.annotations.NullMarked;
