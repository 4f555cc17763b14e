package org.undersigned.server.count.roll;

import java.util.Locale;
import org.undersigned.server.platform.mail.EmailAddress;

/// Canonical identity (PROTOCOL §4): the same string for every spelling of a person's address.
final class Identity {
    private Identity() {}

    /// The local part in lower case and without its `+tag`, at the roll's first domain.
    static String of(EmailAddress address, String roll) {
        var plus = address.local().indexOf('+');
        var name = plus < 0 ? address.local() : address.local().substring(0, plus);
        return name.toLowerCase(Locale.ROOT) + "@" + roll;
    }
}
