package org.undersigned.server.platform;

/// Something outside the program stands in the way of starting; the message is the one line its operator reads.
public final class StartupFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StartupFailure(String line) {
        super(line);
    }

    public StartupFailure(String line, Throwable cause) {
        super(line, cause);
    }
}
