package org.undersigned.server.site;

import java.net.URI;

/// Page contexts without a server, for tests in other packages.
public final class TestPages {
    public static final URI PROGRAM = URI.create("https://code.example.org/undersigned");

    private TestPages() {}

    public static PageContext of(String language, String publicUrl) {
        return new PageContext(
                language, true, "/", publicUrl, false, new Messages(language), name -> name, false, PROGRAM);
    }
}
