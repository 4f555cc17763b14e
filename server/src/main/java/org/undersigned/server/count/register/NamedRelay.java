package org.undersigned.server.count.register;

import java.net.URI;
import org.undersigned.record.Relay;

/// The relay that the operator of an instance has chosen.
///
/// @param url      where clients send sealed requests
/// @param operator who runs it, in words for people
public record NamedRelay(URI url, String operator) {
    /// @throws IllegalArgumentException like [Relay#requireNamed]
    public NamedRelay {
        Relay.requireNamed(url, operator);
    }

    /// Where a page may send to: scheme, host and port.
    public String origin() {
        return url.getScheme() + "://" + url.getRawAuthority();
    }
}
