package org.undersigned.server.site;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a page says of itself to searchers, messengers and programs, in its language.
///
/// @param title       without the site's name
/// @param description plain, 50 to 160 characters
/// @param canonical   the path it is known by, or null: no search engine should list it
/// @param picture     the path of its card, a PNG of 1200 by 630 pixels
/// @param pictured    that picture in words
/// @param data        JSON-LD that may stand in a `script` element as it is, or empty
public record PageHead(
        String title,
        String description,
        @Nullable String canonical,
        String picture,
        String pictured,
        List<Alternate> alternates,
        String data) {

    /// The same in another form: a calendar, a feed. It names no language, for searchers take whatever names one
    /// for a version of the page.
    ///
    /// @param type  media type
    /// @param title what a reader calls it
    /// @param href  on this site
    public record Alternate(String type, String title, String href) {}

    /// This one, which also tells of other forms.
    public PageHead with(Alternate... more) {
        var all = Stream.concat(alternates.stream(), Stream.of(more)).toList();
        return new PageHead(title, description, canonical, picture, pictured, all, data);
    }
}
