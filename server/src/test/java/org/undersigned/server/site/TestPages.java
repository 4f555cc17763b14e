package org.undersigned.server.site;

import java.net.URI;

/// Pages without a server, for tests of other rooms.
public final class TestPages {
    public static final URI PROGRAM = URI.create("https://code.example.org/undersigned");

    private TestPages() {}

    public static PageContext of(String language, String publicUrl) {
        return new PageContext(
                language, true, "/", publicUrl, false, new Messages(language), name -> name, false, PROGRAM);
    }
}
