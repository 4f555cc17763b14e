package org.undersigned.server.site.view;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.directory.DirectoryEntry;

/// What a search of the directory found.
///
/// @param words   searched for
/// @param address whether somebody typed a mail address instead
/// @param here    campuses of campaigns that the directory does not have
/// @param found   entries of the directory
/// @param most    of those that are shown
public record DirectoryPage(
        String words, boolean address, List<Campaign.Campus> here, List<DirectoryEntry> found, int most) {
    public boolean isNothing() {
        return here.isEmpty() && found.isEmpty();
    }

    /// What a link to the other language takes along.
    public String keep() {
        return words.isEmpty() ? "" : "&q=" + URLEncoder.encode(words, StandardCharsets.UTF_8);
    }

    public boolean isCut() {
        return found.size() >= most;
    }
}
