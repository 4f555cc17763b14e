package org.undersigned.server.count.roll;

import java.util.Locale;
import java.util.Set;
import org.undersigned.server.platform.mail.EmailAddress;

/// Canonical identity (PROTOCOL §4): the same string for every spelling of a person's address.
final class Identity {
    private Identity() {}

    /// The local part in lower case, without what the campus folds, at `domain`.
    ///
    /// @param folds  as in [MemberRules]
    /// @param domain the roll's first domain, or the address's own if people at that domain are apart
    static String of(EmailAddress address, Set<String> folds, String domain) {
        var name = address.local().toLowerCase(Locale.ROOT);
        if (folds.contains(MemberRules.HYPHEN_TAG)) name = beforeHyphen(name);
        if (folds.contains(MemberRules.DOTS)) name = name.replace(".", "");
        return name + "@" + domain;
    }

    /// Returns the text before the first hyphen; all of it if there is none, or nothing before it.
    private static String beforeHyphen(String text) {
        var at = text.indexOf('-');
        return at < 1 ? text : text.substring(0, at);
    }
}
