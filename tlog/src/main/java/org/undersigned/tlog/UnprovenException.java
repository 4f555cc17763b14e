package org.undersigned.tlog;

import java.io.IOException;

/// Thrown if served data does not match a trusted checkpoint: the log misbehaves, or a mirror is dishonest or
/// broken. Never thrown for an outage. Reading from another server may help; the data must not be trusted.
public final class UnprovenException extends IOException {
    private static final long serialVersionUID = 1;

    /// Creates an exception without a cause.
    ///
    /// @param what is wrong, for a human reader
    public UnprovenException(String what) {
        super(what);
    }
}
