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

/// A petition with its counts and their proof, printed to hand over to its addressee.
///
/// @param checkpoint  the signed note that fixes the counts (c2sp.org/tlog-checkpoint)
/// @param published   time of its publication, or null while only the petition itself is in the record
/// @param registerKey key of the checkpoint's signature, in the form of `recount --key`
/// @param address     of the petition's page
/// @param statements     names and comments that are shown, sorted by name
/// @param moreRemarks true if there are more names and comments than are shown
public record Packet(
        PetitionPage subject,
        BoxCounts counted,
        String checkpoint,
        @Nullable Instant published,
        String registerKey,
        String address,
        List<PublicStatement> statements,
        boolean moreRemarks) {

    /// @return empty if the petition has no counts
    static Optional<Packet> of(Snapshot shown, PetitionPage what, PageContext page, Boxes boxes, String registerKey) {
        var path = what.petition().path();
        var counted = shown.counted(path);
        if (counted == null) return Optional.empty();
        return shown.box(path).map(box -> {
            var statements = boxes.statements(box.manifest().box(), NamesPage.MOST + 1);
            return new Packet(
                    what,
                    counted,
                    box.note(),
                    published(counted),
                    registerKey,
                    page.publicUrl() + path,
                    NamesPage.sorted(statements, page),
                    statements.size() > NamesPage.MOST);
        });
    }

    private static @Nullable Instant published(BoxCounts counted) {
        return counted.batches().stream()
                .filter(batch -> batch.size() == counted.size())
                .findFirst()
                .map(batch -> batch.publishedAt())
                .orElse(null);
    }

    /// Font size of the title in points: smaller if there is more text on the cover.
    public int titleSize(PageContext page) {
        var letters = page.in(subject.petition().title()).length();
        if (letters <= 60) return counted.classes().size() > 2 ? 26 : 30;
        if (letters <= 140) return 22;
        return letters <= 300 ? 16 : 12;
    }

    /// Font size of the counts on the cover, in points.
    public int numberSize() {
        return Math.max(20, 48 - 10 * counted.classes().size());
    }

    /// A chart for each class whose growth is long enough to draw.
    public List<GrowthChart> growthCharts() {
        return GrowthChart.of(counted, subject.campus().zone());
    }

    /// The command that recounts these counts, also after more people sign: one command on three lines. While the
    /// record's length must not be shown, it has two lines and counts the newest record.
    public String command() {
        var size = counted.disclosedSize();
        var at = size == null ? "" : " \\\n  --at " + size;
        return "./undersigned recount " + address + at + " \\\n  --key " + registerKey;
    }

    /// The checkpoint as text, without the empty line at its end, which is not visible on paper.
    public String note() {
        return checkpoint.stripTrailing();
    }
}
