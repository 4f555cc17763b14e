package org.undersigned.server.platform.job;

/// More work is waiting than can be done soon. Nothing was done of this, and the response to the client is "try later".
public final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Busy() {
        super("busy", null, false, false);
    }
}
