package org.undersigned.cli;

import java.io.IOException;
import java.util.List;

/// Thrown if the server responds and refuses the request.
public final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;
    private final int status;
    private final String code;
    private final transient List<String> keys;

    RefusedException(int status, String code, String message) {
        this(status, code, message, List.of());
    }

    RefusedException(int status, String code, String message, List<String> keys) {
        super(message);
        this.status = status;
        this.code = code;
        this.keys = List.copyOf(keys);
    }

    /// With the code `key-already-issued`: the ids of the keys under which the person was given other signatures
    /// before, in base64.
    List<String> keys() {
        return keys;
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
