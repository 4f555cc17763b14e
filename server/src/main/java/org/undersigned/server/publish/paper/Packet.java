package org.undersigned.server.publish.paper;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.count.box.Boxes;
import org.undersigned.server.count.box.PublicStatement;
import org.undersigned.server.site.BoxCounts;
import org.undersigned.server.site.PageContext;
import org.undersigned.server.site.Snapshot;
import org.undersigned.server.site.view.GrowthChart;
import org.undersigned.server.site.view.NamesPage;
import org.undersigned.server.site.view.PetitionPage;

/// A petition with its numbers and their proof, to hand over to whom it asks.
///
/// @param checkpoint  the signed note that fixes the counts (c2sp.org/tlog-checkpoint)
/// @param published   when it was, or null while only the petition itself is in the record
/// @param registerKey whose signature it carries, in the form of `recount --key`
/// @param address     of the petition's page
/// @param remarks     names and comments that are shown, by name
/// @param moreRemarks whether there are more than find room
public record Packet(
        PetitionPage what,
        BoxCounts counted,
        String checkpoint,
        @Nullable Instant published,
        String registerKey,
        String address,
        List<PublicStatement> remarks,
        boolean moreRemarks) {

    /// @return empty if nothing is counted there
    static Optional<Packet> of(Snapshot shown, PetitionPage what, PageContext page, Boxes boxes, String registerKey) {
        var path = what.petition().path();
        var counted = shown.counted(path);
        if (counted == null) return Optional.empty();
        return shown.box(path).map(box -> {
            var remarks = boxes.remarks(box.manifest().box(), NamesPage.MOST + 1);
            return new Packet(
                    what,
                    counted,
                    box.note(),
                    published(counted),
                    registerKey,
                    page.publicUrl() + path,
                    NamesPage.sorted(remarks, page),
                    remarks.size() > NamesPage.MOST);
        });
    }

    private static @Nullable Instant published(BoxCounts counted) {
        return counted.batches().stream()
                .filter(batch -> batch.size() == counted.size())
                .findFirst()
                .map(batch -> batch.publishedAt())
                .orElse(null);
    }

    /// Points: the more there is to read on the cover, the smaller.
    public int titleSize(PageContext page) {
        var letters = page.in(what.petition().title()).length();
        if (letters <= 60) return counted.classes().size() > 2 ? 26 : 30;
        if (letters <= 140) return 22;
        return letters <= 300 ? 16 : 12;
    }

    /// Points, of the numbers on the cover.
    public int numberSize() {
        return Math.max(20, 48 - 10 * counted.classes().size());
    }

    /// How each class grew that did so long enough.
    public List<GrowthChart> growths() {
        return GrowthChart.of(counted, what.campus().zone());
    }

    /// What anybody types to count these numbers again, however many have signed since: three lines of one command,
    /// or two, which count the newest record, while this one's length may not be told.
    public String command() {
        var size = counted.disclosedSize();
        var at = size == null ? "" : " \\\n  --at " + size;
        return "./undersigned recount " + address + at + " \\\n  --key " + registerKey;
    }

    /// The checkpoint as it stands, without the empty line at its end that no eye sees.
    public String note() {
        return checkpoint.stripTrailing();
    }
}
