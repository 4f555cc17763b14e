package org.undersigned.cli;

import java.io.IOException;

/// Thrown if the server's response does not verify: a fault or an attack. The signer sends nothing based on it.
public final class UnverifiedException extends IOException {
    private static final long serialVersionUID = 1;

    UnverifiedException(String message) {
        super(message);
    }

    UnverifiedException(String message, Throwable cause) {
        super(message, cause);
    }
}
