package org.undersigned.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.undersigned.record.Instance;
import org.undersigned.record.OfferedBoxes;
import org.undersigned.record.RegisterLeaf;
import org.undersigned.record.recount.Site;
import org.undersigned.record.recount.SiteTiles;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.LogClient;
import org.undersigned.tlog.LogPolicy;
import org.undersigned.tlog.Note;
import org.undersigned.tlog.UnprovenException;

/// All that a register says, verified leaf by leaf against its checkpoint. Whoever has read it knows every box: no
/// operator can show one person another box than all others (PROTOCOL §4).
final class RegisterContents {
    private final Checkpoint checkpoint;
    private final OfferedBoxes boxes = new OfferedBoxes();
    private final List<RegisterLeaf.RollRules> rules = new ArrayList<>();

    private RegisterContents(Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
    }

    /// Reads the whole register.
    ///
    /// @throws UnverifiedException if a signature, a leaf or a tile does not verify, or two leaves contradict each
    ///     other; the message names the leaf
    static RegisterContents read(Site site, Instance instance) throws IOException {
        var folder = instance.registerPath();
        try {
            var view = new LogClient(
                            LogPolicy.of(instance.registerKey()),
                            () -> Note.parse(site.read(folder + "checkpoint")),
                            new SiteTiles(site, folder))
                    .latest();
            var contents = new RegisterContents(view.checkpoint());
            view.entries(0, view.size(), contents::add);
            var faults = contents.boxes.faults();
            if (!faults.isEmpty()) throw new UnverifiedException(faults.getFirst());
            return contents;
        } catch (UnprovenException e) {
            throw new UnverifiedException("the register does not verify: " + e.getMessage(), e);
        }
    }

    private void add(long index, byte[] bytes) throws IOException {
        try {
            var leaf = RegisterLeaf.parse(bytes);
            boxes.add(index, leaf);
            if (leaf instanceof RegisterLeaf.RollRules says) rules.add(says);
        } catch (IllegalArgumentException e) {
            throw new UnverifiedException("register leaf " + index + ": " + e.getMessage(), e);
        }
    }

    Checkpoint checkpoint() {
        return checkpoint;
    }

    OfferedBoxes boxes() {
        return boxes;
    }

    /// The campuses that share a roll with `campus`, and itself.
    Set<String> rollOf(String campus) {
        var campuses = new HashSet<>(Set.of(campus));
        for (var one : rules.reversed()) {
            if (!one.campuses().contains(campus)) continue;
            campuses.addAll(one.campuses());
            break;
        }
        return campuses;
    }
}
