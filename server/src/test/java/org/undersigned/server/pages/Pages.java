package org.undersigned.server.pages;

/// Pages without a server, for tests of other rooms.
public final class Pages {
    private Pages() {}

    public static Page of(String language, String publicUrl) {
        return new Page(language, true, "/", publicUrl, false, new Messages(language), name -> name, false);
    }
}
