package org.undersigned.server.count.lifecycle;

import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.undersigned.record.BoxId;
import org.undersigned.record.LedgerLeaf;
import org.undersigned.server.count.box.Publisher;
import org.undersigned.server.count.register.Register;

/// Closes boxes whose time is over: destroys their issuer keys and records this in the register. Each step may be
/// repeated after a crash.
public final class BoxCloser {
    private final Publisher publisher;
    private final Register register;
    private final Function<BoxId, List<byte[]>> destroyKeys;

    /// @param destroyKeys destroys a box's issuer keys and returns their ids, the same ids when called again
    public BoxCloser(Publisher publisher, Register register, Function<BoxId, List<byte[]>> destroyKeys) {
        this.publisher = publisher;
        this.register = register;
        this.destroyKeys = destroyKeys;
    }

    public void closeFinished() {
        for (var finished : publisher.finished()) {
            var ids = destroyKeys.apply(finished.box()).stream()
                    .map(HexFormat.of()::formatHex)
                    .toList();
            register.append(new LedgerLeaf.BoxClosed(finished.box(), finished.note(), ids));
            publisher.close(finished.box());
        }
    }
}
