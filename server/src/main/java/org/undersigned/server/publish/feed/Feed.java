package org.undersigned.server.publish.feed;

import java.time.Instant;
import java.util.List;

/// A feed (RFC 4287 §4.1.1), in the words of one language.
///
/// @param id      a `tag:` URI, the same in every language and for ever
/// @param page    the page that says the same to people
/// @param self    its own address
/// @param authors at least one
/// @param updated when something in it last changed
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

    /// Something new.
    ///
    /// @param id      a `tag:` URI, the same in every language, feed and state of the thing
    /// @param published when it was first told of; from its own dates, never from the moment of asking, as is
    /// @param updated when something new of it was told last
    /// @param page    where people read it
    /// @param html    what it says
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
    /// @param label for people
    record Category(String term, String label) {}
}
