package org.undersigned.server.publish.feed;

import java.time.Instant;
import java.util.List;

/// A feed (RFC 4287 §4.1.1) in one language.
///
/// @param id      a `tag:` URI, permanent and the same in every language
/// @param page    the HTML page with the same content
/// @param self    the address of the feed itself
/// @param authors at least one
/// @param updated the time of the last change in the feed
record Feed(
        String id,
        String title,
        String subtitle,
        String language,
        String page,
        String self,
        List<String> authors,
        Instant updated,
        List<Entry> entries) {

    /// One news item.
    ///
    /// @param id      a `tag:` URI, the same in every language, in every feed and after every change of the item
    /// @param published the time of the first publication; derived from the dates of the item, never from the time
    ///     of the request, and so is `updated`
    /// @param updated the time of the last new information about the item
    /// @param page    the HTML page of the item
    /// @param html    the content
    record Entry(
            String id,
            String title,
            Instant published,
            Instant updated,
            String author,
            String page,
            List<Category> categories,
            String html) {}

    /// @param term  the same in every language
    /// @param label shown to people
    record Category(String term, String label) {}
}
