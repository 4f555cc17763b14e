package org.undersigned.server.site.view;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.directory.DirectoryEntry;

/// The results of a search in the directory.
///
/// @param words   the search words
/// @param address true if the reader typed a mail address instead
/// @param here    campuses of campaigns that are not in the directory
/// @param found   entries of the directory
/// @param most    the largest number of entries that are shown
public record DirectoryPage(
        String words, boolean address, List<Campaign.Campus> here, List<DirectoryEntry> found, int most) {
    public boolean isEmpty() {
        return here.isEmpty() && found.isEmpty();
    }

    /// The query parameters that a link to the other language adds.
    public String searchParameter() {
        return words.isEmpty() ? "" : "&q=" + URLEncoder.encode(words, StandardCharsets.UTF_8);
    }

    public boolean isCut() {
        return found.size() >= most;
    }
}
