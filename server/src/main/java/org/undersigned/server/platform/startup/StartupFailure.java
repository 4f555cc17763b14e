package org.undersigned.server.platform.startup;

/// Something outside the program prevents the start. The message is the one line that the operator reads.
public final class StartupFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StartupFailure(String line) {
        super(line);
    }

    public StartupFailure(String line, Throwable cause) {
        super(line, cause);
    }
}
