package org.undersigned.tlog;

import java.io.IOException;

/// What was served is not what a trusted checkpoint commits to: a log that misbehaves, or a mirror that lies or is
/// broken. Never an outage; asking again elsewhere may help, believing does not.
public final class UnprovenException extends IOException {
    private static final long serialVersionUID = 1;

    /// With words and no cause.
    ///
    /// @param what was wrong, for a person
    public UnprovenException(String what) {
        super(what);
    }
}
