package org.undersigned.server.site;

import java.net.URI;

/// Pages without a server, for tests of other rooms.
public final class Pages {
    public static final URI PROGRAM = URI.create("https://code.example.org/undersigned");

    private Pages() {}

    public static Page of(String language, String publicUrl) {
        return new Page(language, true, "/", publicUrl, false, new Messages(language), name -> name, false, PROGRAM);
    }
}
