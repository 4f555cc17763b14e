package org.undersigned.server.publish.paper;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.undersigned.server.count.box.Boxes;
import org.undersigned.server.platform.http.RenderQueue;
import org.undersigned.server.site.PageContext;
import org.undersigned.server.site.PageRenderer;
import org.undersigned.server.site.Snapshot;
import org.undersigned.server.site.view.PetitionPage;
import org.undersigned.tlog.Hash;

/// Makes papers: a template (src/main/jte/paper-*.jte) lays out texts from the snapshot, and a [RenderQueue] prints
/// them. A paper of one page stays one page: the font size depends on the amount of text. Text that still does not
/// fit is left out, with a note on the paper.
final class PaperRenderer {
    /// Factors of the usual font size; the last is the smallest that is readable on a notice board.
    private static final double[] SCALES = {
        1.8, 1.7, 1.6, 1.5, 1.4, 1.35, 1.3, 1.25, 1.2, 1.15, 1.1, 1.05, 1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7
    };

    private final PageRenderer renderer;
    private final RenderQueue queue;
    private final Boxes boxes;
    private final String registerKey;
    private final PdfRenderer pdf = new PdfRenderer();

    /// @param registerKey key of the record's signature, in the form of `recount --key`
    PaperRenderer(PageRenderer renderer, RenderQueue queue, Boxes boxes, String registerKey) {
        this.renderer = renderer;
        this.queue = queue;
        this.boxes = boxes;
        this.registerKey = registerKey;
    }

    /// The texts of the flyer for the page at `path`, with its campaign; empty if there is no such page.
    static Optional<Snapshot.Found<Flyer>> flyer(Snapshot shown, PageContext page, String path) {
        var slug = path.substring("/p/".length());
        var composer = new FlyerComposer(page, shown);
        return shown.find(campaign -> switch (path.charAt(1)) {
            case 'p' -> campaign.petition(slug).map(petition -> composer.of(campaign, petition));
            case 'a' -> campaign.action(slug).map(action -> composer.of(campaign, action));
            default -> campaign.letter(slug).map(drive -> composer.of(campaign, drive));
        });
    }

    /// The texts of the flyer for a campus's page `/c/…/book`; empty if there is no such campus.
    static Optional<Snapshot.Found<Flyer>> bookFlyer(Snapshot shown, PageContext page, String campus) {
        var composer = new FlyerComposer(page, shown);
        return shown.find(campaign -> campaign.campus(campus).map(found -> composer.of(campaign, found)));
    }

    /// @param template `paper-flyer` or `paper-strips`
    byte[] flyer(String template, Flyer flyer, PageContext page, PaperSize size, Instant dated) {
        return onOnePage(
                dated,
                flyer.shorter()
                        .map(draft -> draft(template, page, Map.of("flyer", draft, "sheet", size)))
                        .toList());
    }

    /// The poster for a table where people sign.
    byte[] poster(PetitionPage what, PageContext page, PaperSize size, Instant dated) {
        var title = page.in(what.petition().title());
        return onOnePage(
                dated,
                Stream.of(title, Flyer.cut(title, 200), Flyer.cut(title, 80))
                        .map(draft -> draft("paper-poster", page, Map.of("title", draft, "what", what, "sheet", size)))
                        .toList());
    }

    Optional<byte[]> packet(Snapshot shown, PetitionPage what, PageContext page, PaperSize size, Instant changed) {
        return Packet.of(shown, what, page, boxes, registerKey).map(packet -> {
            var published = packet.published();
            var dated = published == null || changed.isAfter(published) ? changed : published;
            var text = renderer.render("paper-packet", page, Map.of("packet", packet, "sheet", size));
            return queue.render(recipe(text, dated), () -> pdf.print(text, dated));
        });
    }

    private DoubleFunction<String> draft(String template, PageContext page, Map<String, Object> values) {
        return scale -> {
            var all = new HashMap<>(values);
            all.put("scale", scale);
            return renderer.render(template, page, all);
        };
    }

    /// @param drafts of the same paper, each shorter than the one before: functions from font scale to XHTML
    private byte[] onOnePage(Instant dated, List<DoubleFunction<String>> drafts) {
        return queue.render(recipe(drafts.getFirst().apply(1), dated), () -> pdf.print(fitting(drafts), dated));
    }

    /// Returns the longest draft that fits, in the largest letters with which it fits.
    private String fitting(List<DoubleFunction<String>> drafts) {
        var smallest = SCALES.length - 1;
        for (var draft : drafts) {
            if (!fits(draft.apply(SCALES[smallest]))) continue;
            var low = 0;
            var high = smallest; // fits
            while (low < high) {
                var middle = (low + high) / 2;
                if (fits(draft.apply(SCALES[middle]))) high = middle;
                else low = middle + 1;
            }
            return draft.apply(SCALES[high]);
        }
        return drafts.getLast().apply(SCALES[smallest]);
    }

    private boolean fits(String xhtml) {
        return pdf.pages(xhtml) == 1;
    }

    private static String recipe(String xhtml, Instant dated) {
        return "paper " + dated + " " + Hash.sha256(xhtml.getBytes(StandardCharsets.UTF_8));
    }
}
