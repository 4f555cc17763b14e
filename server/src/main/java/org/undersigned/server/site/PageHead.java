package org.undersigned.server.site;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The description of a page for search engines, messengers and programs, in the page's language.
///
/// @param title       without the site's name
/// @param description plain, 50 to 160 characters
/// @param canonical   the page's canonical path, or null if no search engine should list it
/// @param picture     the path of its card, a PNG of 1200 by 630 pixels
/// @param pictured    a text that describes the picture
/// @param data        JSON-LD that is safe in a `script` element as it is, or empty
public record PageHead(
        String title,
        String description,
        @Nullable String canonical,
        String picture,
        String pictured,
        List<Alternate> alternates,
        String data) {

    /// The same content in another form: a calendar, a feed. It names no language, because search engines take
    /// every link that names a language for a version of the page.
    ///
    /// @param type  media type
    /// @param title the name that a reader sees
    /// @param href  address on this site
    public record Alternate(String type, String title, String href) {}

    /// Returns this head with more alternate forms.
    public PageHead with(Alternate... more) {
        var all = Stream.concat(alternates.stream(), Stream.of(more)).toList();
        return new PageHead(title, description, canonical, picture, pictured, all, data);
    }
}
