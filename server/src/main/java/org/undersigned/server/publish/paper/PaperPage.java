package org.undersigned.server.publish.paper;

import java.util.ArrayList;
import java.util.List;
import org.undersigned.server.site.Snapshot;

/// The page that lists the papers of a petition, an action or a letter drive.
///
/// @param path   of its page
/// @param poster true if a poster may invite people to sign at a table
/// @param packet true if there is a record to hand over
public record PaperPage(String title, String path, boolean poster, boolean packet) {
    /// Names of the papers, as in addresses and message keys.
    public List<String> papers() {
        var papers = new ArrayList<>(List.of("flyer", "strips"));
        if (poster) papers.add("poster");
        if (packet) papers.add("packet");
        return papers;
    }

    static PaperPage of(Snapshot shown, String path, String title) {
        var counted = shown.counted(path);
        if (counted == null || !path.startsWith("/p/")) return new PaperPage(title, path, false, false);
        return new PaperPage(title, path, counted.open(), true);
    }
}
