package org.undersigned.ohttp;

import java.security.GeneralSecurityException;

/// Thrown for a well-formed message that the key does not open: it was sealed to another key, or changed on its way.
public final class NotOpenedException extends GeneralSecurityException {
    private static final long serialVersionUID = 1;

    NotOpenedException(String message) {
        super(message);
    }
}
