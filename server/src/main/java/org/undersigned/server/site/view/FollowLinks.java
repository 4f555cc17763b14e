package org.undersigned.server.site.view;

import org.undersigned.server.site.PageContext;

/// The addresses at which a program of the reader's own follows something, in the language the reader reads now:
/// programs do not say which they prefer.
///
/// @param of `/k/…` or `/c/…`; of `/a/…` there is a calendar with that action alone
public record FollowLinks(PageContext page, String of) {
    public String calendar() {
        return address("/actions.ics");
    }

    /// The calendar as what opens a calendar program: `webcal:` in place of `https:`.
    public String webcal() {
        return calendar().replaceFirst("^https?:", "webcal:");
    }

    /// The calendar of one action.
    public String action() {
        return address("/action.ics");
    }

    public String feed() {
        return address("/feed.atom");
    }

    private String address(String file) {
        return page.publicUrl() + of + file + "?lang=" + page.language();
    }
}
