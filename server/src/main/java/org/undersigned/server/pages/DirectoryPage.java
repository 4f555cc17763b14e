package org.undersigned.server.pages;

import java.util.List;
import org.undersigned.server.campus.Campus;

/// What a search of the directory found.
///
/// @param words   searched for
/// @param address whether somebody typed a mail address instead
/// @param most    entries shown
public record DirectoryPage(String words, boolean address, List<Campus> found, int most) {
    public boolean isCut() {
        return found.size() >= most;
    }
}
