package org.undersigned.server.count.roll;

import java.text.Normalizer;
import java.util.Locale;
import org.undersigned.server.platform.mail.EmailAddress;

/// Canonical identity (PROTOCOL §4): the same string for every spelling of a person's address.
final class Identity {
    private Identity() {}

    /// NFC, lower case, `+tag` removed, a domain alias replaced by the roll's first domain.
    ///
    /// @param isAlias true if the address's exact domain is one of the roll's own; false for a sub-domain, since
    ///     the same name in two departments may be two people
    /// @param roll    the roll's first domain, which also names it
    static String of(EmailAddress address, boolean isAlias, String roll) {
        var plus = address.local().indexOf('+');
        var local = plus > 0 ? address.local().substring(0, plus) : address.local();
        var lower = Normalizer.normalize(local.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
        return lower + "@" + (isAlias ? roll : address.domain());
    }
}
