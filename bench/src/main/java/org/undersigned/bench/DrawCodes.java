package org.undersigned.bench;

import java.time.Duration;
import java.time.Instant;
import org.undersigned.record.Manifest;
import org.undersigned.server.platform.crypto.HmacKey;

/// The codes that an instance mails to members (PROTOCOL §4), from its key.
///
/// @param key derived from the master key
record DrawCodes(HmacKey key) {
    private static final String SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 8;
    private static final Duration QUARTER = Duration.ofMinutes(15);

    /// The code of the quarter of an hour that `moment` is in. It is valid in that quarter and in the next one.
    ///
    /// @param identity canonical
    String code(String identity, Instant moment) {
        var quarter = moment.getEpochSecond() / QUARTER.toSeconds();
        var hash = key.tag(Manifest.MEMBER + "\0" + identity + "\0" + quarter);
        var code = new StringBuilder(LENGTH);
        for (var i = 0; i < LENGTH; i++) code.append(SYMBOLS.charAt(hash[i] & 31));
        return code.toString();
    }
}
