package org.undersigned.cli;

import java.io.IOException;

/// The server answered, and what it says does not verify: a fault or a lie. Nothing was sent because of it.
public final class UnverifiedException extends IOException {
    private static final long serialVersionUID = 1;

    UnverifiedException(String message) {
        super(message);
    }

    UnverifiedException(String message, Throwable cause) {
        super(message, cause);
    }
}
