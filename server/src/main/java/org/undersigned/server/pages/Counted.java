package org.undersigned.server.pages;

import java.time.Instant;
import java.util.List;
import org.undersigned.server.box.Boxes;

/// What a page may say of a box: the counts of one published checkpoint, and when it takes signatures.
///
/// @param size leaves under that checkpoint
public record Counted(String box, long size, boolean open, Instant closes, List<Boxes.ClassCount> classes) {
    /// A number below this could point at someone.
    public static final long SMALLEST_SHOWN = 10;

    /// Whether anything but the manifest's leaf is published.
    public boolean isPublished() {
        return size > 1;
    }

    public static boolean isShown(long count) {
        return count >= SMALLEST_SHOWN;
    }
}
