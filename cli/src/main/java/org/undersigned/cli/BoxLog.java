package org.undersigned.cli;

import java.io.IOException;
import org.undersigned.record.BoxId;
import org.undersigned.record.Instance;
import org.undersigned.record.recount.Site;
import org.undersigned.record.recount.SiteTiles;
import org.undersigned.tlog.LogClient;
import org.undersigned.tlog.LogPolicy;
import org.undersigned.tlog.LogView;
import org.undersigned.tlog.Note;

/// The log of a box, as a site serves it.
final class BoxLog {
    private BoxLog() {}

    /// The newest tree, whose checkpoint the instance has signed.
    ///
    /// @throws IOException if it cannot be read, or is not signed
    static LogView latest(Site site, Instance instance, BoxId box) throws IOException {
        var folder = Instance.boxPath(box);
        return new LogClient(
                        LogPolicy.of(instance.boxKey(box)),
                        () -> Note.parse(site.read(folder + "checkpoint")),
                        new SiteTiles(site, folder))
                .latest();
    }
}
