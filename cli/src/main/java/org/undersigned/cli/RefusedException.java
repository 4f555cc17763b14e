package org.undersigned.cli;

import java.io.IOException;

/// Thrown if the server responds and refuses the request.
public final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;
    private final int status;
    private final String code;

    RefusedException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /// The HTTP status.
    public int status() {
        return status;
    }

    /// The problem's code, the last part of `urn:undersigned:problem:<code>`: "code-refused", "nonce-used". Empty
    /// if the response is not a problem document.
    public String code() {
        return code;
    }
}
