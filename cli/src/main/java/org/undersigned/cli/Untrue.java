package org.undersigned.cli;

import java.io.IOException;

/// The server answered, and what it says does not verify: a fault or a lie. Nothing was sent because of it.
public final class Untrue extends IOException {
    private static final long serialVersionUID = 1;

    Untrue(String message) {
        super(message);
    }

    Untrue(String message, Throwable cause) {
        super(message, cause);
    }
}
