package org.undersigned.record.recount;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.undersigned.record.WitnessPolicy;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.CosignatureVerifier;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.NoteVerifier;

/// Reads one log of a site during a recount: its signed checkpoint, once or more often, and every leaf under it.
final class LogReader {
    private final Site site;
    private final String name;
    private final String folder;
    private final NoteVerifier key;
    private final Findings findings;
    private final Findings.Finding headFinding;
    private final Findings.Finding treeFinding;
    private final LogWalk walk;

    /// A log's checkpoint and the signed note that contains it.
    record Head(String note, Checkpoint checkpoint) {}

    /// @param name   in findings: "register", "ledger" or "box"
    /// @param folder the log's path, ending in `/`
    /// @param key    must have signed the checkpoint; its name is the log's origin
    LogReader(
            Site site,
            String name,
            String folder,
            NoteVerifier key,
            RecountThreads threads,
            Findings findings,
            Progress progress) {
        this.site = site;
        this.name = name;
        this.folder = folder;
        this.key = key;
        this.findings = findings;
        this.headFinding = findings.check(name + " checkpoint");
        this.treeFinding = findings.check(name + " tree");
        this.walk = new LogWalk(name, new SiteTiles(site, folder), threads, treeFinding, progress);
    }

    /// Reads the newest checkpoint and verifies its signature.
    ///
    /// @throws Findings.UnreadableLog if it is not served, or does not verify
    Head head() throws IOException, Findings.UnreadableLog {
        String path = folder + "checkpoint";
        try {
            String note = new String(site.read(path), UTF_8);
            return new Head(note, SignedHead.read(note, key));
        } catch (NoSuchFileException e) {
            throw new Findings.UnreadableLog(headFinding, path + " is not served");
        } catch (IllegalArgumentException e) {
            throw new Findings.UnreadableLog(headFinding, path + ": " + e.getMessage());
        }
    }

    /// Like [#head], with the cosignatures of a quorum of the instance's witnesses and of all `required` ones. Each
    /// witness confirms that it saw no other history up to the moment of its cosignature.
    Head cosignedHead(WitnessPolicy policy, List<CosignatureVerifier> required)
            throws IOException, Findings.UnreadableLog {
        var cosignatures = new Cosignatures(name, policy, required, findings.check(name + " cosignatures"));
        Head newest = head();
        while (cosignatures.shouldRetry(newest.note())) newest = head();
        cosignatures.judge(newest.note());
        return newest;
    }

    /// Reads all leaves up to the checkpoint and compares their root.
    <T> void advance(Head to, LogWalk.Work<T> work, LogWalk.Sink<T> sink) throws IOException, Findings.UnreadableLog {
        var head = to.checkpoint();
        if (head.size() < size()) {
            headFinding.fail(
                    "the " + name + " shrank from " + size() + " to " + head.size() + " leaves during the recount");
            return;
        }
        walk.advance(head.size(), work, sink);
        if (!root().equals(head.root())) {
            treeFinding.fail(name + " checkpoint of " + head.size() + " leaves says root "
                    + head.root().base64() + ", but its leaves give " + root().base64());
        }
    }

    /// Compares the last hash tiles and ends the reading.
    void finish() throws IOException {
        walk.finish();
        if (size() == 0) headFinding.fail("the " + name + " is empty");
        headFinding.succeed("signed by " + key.name() + ", " + size() + " leaves");
        treeFinding.succeed("root " + root().base64() + " recomputed from every leaf; every hash tile agrees");
    }

    long size() {
        return walk.size();
    }

    Hash root() {
        return walk.root();
    }
}
