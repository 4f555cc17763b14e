package org.undersigned.server.pages;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.undersigned.server.campus.Campus;

/// What a search of the directory found.
///
/// @param words   searched for
/// @param address whether somebody typed a mail address instead
/// @param most    entries shown
public record DirectoryPage(String words, boolean address, List<Campus> found, int most) {
    /// What a link to the other language takes along.
    public String keep() {
        return words.isEmpty() ? "" : "&q=" + URLEncoder.encode(words, StandardCharsets.UTF_8);
    }

    public boolean isCut() {
        return found.size() >= most;
    }
}
