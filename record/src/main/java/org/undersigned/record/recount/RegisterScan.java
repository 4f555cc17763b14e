package org.undersigned.record.recount;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.GatewayKeyAges;
import org.undersigned.record.OfferedBoxes;
import org.undersigned.record.RegisterLeaf;
import org.undersigned.record.UnknownLeaf;
import org.undersigned.record.WitnessPolicy;

/// What the register says, collected in one pass over all its leaves.
final class RegisterScan {
    private final Findings.Finding leavesFinding;
    private final OfferedBoxes boxes = new OfferedBoxes();
    private final List<Rules> rules = new ArrayList<>();
    private Policy policy = new Policy(-1, WitnessPolicy.NONE);
    private final LeafKinds kinds = new LeafKinds();
    private final GatewayKeyAges gatewayKeys = new GatewayKeyAges();

    /// What the register leaf `leaf` says about the addresses that belong to a roll.
    record Rules(long leaf, RegisterLeaf.RollRules says) {}

    /// The witnesses that the register leaf `leaf` names; leaf -1 if none does.
    record Policy(long leaf, WitnessPolicy says) {}

    /// A parsed leaf: either `leaf` or `trouble` is null.
    record Seen(@Nullable RegisterLeaf leaf, @Nullable String trouble) {}

    RegisterScan(Findings.Finding leavesFinding) {
        this.leavesFinding = leavesFinding;
    }

    /// Parses a leaf. Thread-safe.
    Seen verify(long index, byte[] bytes) {
        try {
            return new Seen(RegisterLeaf.parse(bytes), null);
        } catch (IllegalArgumentException e) {
            return new Seen(null, "register leaf " + index + ": " + e.getMessage());
        }
    }

    void record(long index, Seen seen) {
        RegisterLeaf leaf = seen.leaf();
        if (leaf == null) {
            leavesFinding.fail(String.valueOf(seen.trouble()));
            return;
        }
        kinds.add(
                switch (leaf) {
                    case RegisterLeaf.BoxOpened _ -> "box.opened";
                    case RegisterLeaf.BoxSuperseded _ -> "box.superseded";
                    case RegisterLeaf.RollRules _ -> "roll.rules";
                    case RegisterLeaf.ClientReleased _ -> "client.released";
                    case RegisterLeaf.WitnessesNamed _ -> "witnesses.named";
                    case RegisterLeaf.RelayNamed _ -> "relay.named";
                    case UnknownLeaf other -> LeafKinds.UNKNOWN + other.type();
                });
        boxes.add(index, leaf);
        if (leaf instanceof RegisterLeaf.RollRules says) rules.add(new Rules(index, says));
        if (leaf instanceof RegisterLeaf.WitnessesNamed says) policy = new Policy(index, says.policy());
        if (leaf instanceof RegisterLeaf.RelayNamed says) {
            gatewayKeys.add(says).ifPresent(fault -> leavesFinding.fail("register leaf " + index + ": " + fault));
        }
    }

    Findings.Finding leavesFinding() {
        return leavesFinding;
    }

    OfferedBoxes boxes() {
        return boxes;
    }

    List<Rules> rules() {
        return rules;
    }

    Policy policy() {
        return policy;
    }

    LeafKinds kinds() {
        return kinds;
    }
}
