package org.undersigned.server.count.lifecycle;

import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.undersigned.record.BoxId;
import org.undersigned.record.LedgerLeaf;
import org.undersigned.server.count.box.Publisher;
import org.undersigned.server.count.register.Register;
import org.undersigned.server.count.roll.Roll;

/// Closes boxes whose time is over: destroys their issuer keys and records this in the ledger. Each step may be
/// repeated after a crash. A box closes after a tally that leaves fewer than 10 books of its campuses untallied, so
/// that the tallies bound its final count: it waits up to a day for it.
public final class BoxCloser {
    private final Publisher publisher;
    private final Register register;
    private final Roll roll;
    private final Function<BoxId, List<byte[]>> destroyKeys;

    /// @param destroyKeys destroys a box's issuer keys and returns their ids, the same ids when called again
    public BoxCloser(Publisher publisher, Register register, Roll roll, Function<BoxId, List<byte[]>> destroyKeys) {
        this.roll = roll;
        this.publisher = publisher;
        this.register = register;
        this.destroyKeys = destroyKeys;
    }

    public void closeFinished() {
        var all = publisher.finished();
        if (!all.isEmpty()) roll.tally();
        var offered = register.offered();
        for (var finished : all) {
            var manifest = offered.offer(finished.box()).orElseThrow().manifest();
            if (!roll.isTallied(manifest.campus())) continue;
            var ids = destroyKeys.apply(finished.box()).stream()
                    .map(HexFormat.of()::formatHex)
                    .toList();
            register.append(new LedgerLeaf.BoxClosed(finished.box(), finished.note(), ids));
            publisher.close(finished.box());
        }
    }
}
