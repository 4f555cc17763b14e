/// Output of pages for search engines, messengers and other sites: head, linked data, preview cards, oEmbed,
/// sitemap.
@NullMarked
package org.undersigned.server.publish.share;

import org.jspecify.annotations.NullMarked;
