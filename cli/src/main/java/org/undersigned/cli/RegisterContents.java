package org.undersigned.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.GatewayKeyAges;
import org.undersigned.record.Instance;
import org.undersigned.record.OfferedBoxes;
import org.undersigned.record.RegisterLeaf;
import org.undersigned.record.Relay;
import org.undersigned.record.WitnessPolicy;
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
    private static final int LOOKS = 5;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Checkpoint checkpoint;
    private WitnessPolicy policy = WitnessPolicy.NONE;
    private @Nullable Relay relay;
    private final GatewayKeyAges gatewayKeys = new GatewayKeyAges();
    private final List<Released> released = new ArrayList<>();
    private final OfferedBoxes boxes = new OfferedBoxes();
    private final List<RegisterLeaf.RollRules> rules = new ArrayList<>();

    private RegisterContents(Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
    }

    /// Reads the whole register.
    ///
    /// @param seen what the reader knows of this instance from an earlier reading
    /// @throws UnverifiedException if a signature, a leaf or a tile does not verify, too few witnesses have
    ///     cosigned, two leaves contradict each other, or the register does not continue the one that the
    ///     reader knows; the message names the leaf
    static RegisterContents read(Site site, Instance instance, SeenInstance seen) throws IOException {
        var folder = instance.registerPath();
        try {
            var note = cosigned(site, folder, seen.policies(instance));
            var view = new LogClient(LogPolicy.of(instance.registerKey()), () -> note, new SiteTiles(site, folder))
                    .latest();
            var contents = new RegisterContents(view.checkpoint());
            view.entries(0, view.size(), contents::add);
            contents.check(instance);
            seen.requireContinued(view);
            return contents;
        } catch (UnprovenException e) {
            throw new UnverifiedException("the register does not verify: " + e.getMessage(), e);
        }
    }

    /// Reads the newest checkpoint, again for some seconds until all policies accept it: cosignatures arrive a
    /// moment after the checkpoint.
    static Note cosigned(Site site, String folder, List<LogPolicy> policies) throws IOException {
        for (int look = 1; ; look++) {
            var note = Note.parse(site.read(folder + "checkpoint"));
            try {
                for (var policy : policies) policy.check(note);
                return note;
            } catch (UnprovenException e) {
                if (look == LOOKS || policies.stream().allMatch(policy -> policy.quorum() == 0)) throw e;
            }
            HttpSite.pause(PAUSE);
        }
    }

    private void check(Instance instance) throws UnverifiedException {
        var faults = boxes.faults();
        if (!faults.isEmpty()) throw new UnverifiedException(faults.getFirst());
        if (!policy.saysTheSameAs(instance.policy())) {
            throw new UnverifiedException(
                    "the register names " + policy + ", but " + Instance.PATH + " names " + instance.policy());
        }
    }

    private void add(long index, byte[] bytes) throws IOException {
        try {
            var leaf = RegisterLeaf.parse(bytes);
            boxes.add(index, leaf);
            if (leaf instanceof RegisterLeaf.RollRules says) rules.add(says);
            if (leaf instanceof RegisterLeaf.ClientReleased says) released.add(new Released(index, says));
            if (leaf instanceof RegisterLeaf.WitnessesNamed says) policy = says.policy();
            if (leaf instanceof RegisterLeaf.RelayNamed says) {
                relay = says.relay();
                var fault = gatewayKeys.add(says);
                if (fault.isPresent()) throw new IllegalArgumentException(fault.get());
            }
        } catch (IllegalArgumentException e) {
            throw new UnverifiedException("register leaf " + index + ": " + e.getMessage(), e);
        }
    }

    Checkpoint checkpoint() {
        return checkpoint;
    }

    /// The relay through which to cast; empty if there is none.
    Optional<Relay> relay() {
        return Optional.ofNullable(relay);
    }

    OfferedBoxes boxes() {
        return boxes;
    }

    List<RegisterLeaf.RollRules> rules() {
        return rules;
    }

    /// The files that browsers run, and the index of the register leaf that says so.
    record Released(long leaf, RegisterLeaf.ClientReleased says) {}

    /// In the order of the register.
    List<Released> released() {
        return released;
    }

    /// The newest rules of the roll that serves the campus.
    ///
    /// @throws IllegalArgumentException if there is not exactly one such roll
    RegisterLeaf.RollRules rollOf(String campus) {
        var rolls = newestRules().values().stream()
                .filter(one -> one.campuses().contains(campus))
                .toList();
        if (rolls.size() == 1) return rolls.getFirst();
        throw new IllegalArgumentException("the register does not say who belongs to " + campus);
    }

    /// The newest rules of the roll that serves `campus`.
    ///
    /// @param domain of the person's address; null if it is not known
    /// @throws IllegalArgumentException if there is not exactly one such roll, or not exactly one for the
    ///     domain: the server could give one person the book of a campus that nobody else is on
    RegisterLeaf.RollRules rollOf(String campus, @Nullable String domain) {
        var roll = rollOf(campus);
        var isClear = domain == null
                || newestRules().values().stream().allMatch(one -> claims(one, domain) == one.equals(roll));
        if (!isClear) {
            throw new IllegalArgumentException("the register does not say that " + domain + " is of " + campus);
        }
        return roll;
    }

    private static boolean claims(RegisterLeaf.RollRules roll, String domain) {
        return roll.domains().contains(domain) || roll.separateDomains().contains(domain);
    }

    private Map<String, RegisterLeaf.RollRules> newestRules() {
        var newest = new HashMap<String, RegisterLeaf.RollRules>();
        rules.forEach(one -> newest.put(one.campus(), one));
        return newest;
    }
}
