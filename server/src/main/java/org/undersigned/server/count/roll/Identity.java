package org.undersigned.server.count.roll;

import java.text.Normalizer;
import java.util.Locale;
import org.undersigned.server.platform.mail.EmailAddress;

/// Canonical identity (PROTOCOL §4): one string for every way a person may write their address.
final class Identity {
    private Identity() {}

    /// NFC, lower case, `+tag` dropped, a domain alias folded to the roll's first domain.
    ///
    /// @param isAlias whether the address's exact domain is one of the roll's own; a sub-domain is not, since the
    ///     same name in two departments may be two people
    /// @param roll    the roll's first domain, which also names it
    static String of(EmailAddress address, boolean isAlias, String roll) {
        var plus = address.local().indexOf('+');
        var local = plus > 0 ? address.local().substring(0, plus) : address.local();
        var lower = Normalizer.normalize(local.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
        return lower + "@" + (isAlias ? roll : address.domain());
    }
}
