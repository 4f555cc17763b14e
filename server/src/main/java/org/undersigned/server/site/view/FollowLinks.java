package org.undersigned.server.site.view;

import org.undersigned.server.site.PageContext;

/// The addresses at which a reader's program follows something, in the language that the reader uses now: such
/// programs do not send a preferred language.
///
/// @param of `/k/…` or `/c/…`; for `/a/…` there is only a calendar with that action
public record FollowLinks(PageContext page, String of) {
    public String calendar() {
        return address("/actions.ics");
    }

    /// The calendar address with `webcal:` in place of `https:`, which opens a calendar program.
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
