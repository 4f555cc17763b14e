package org.undersigned.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The boxes that a register offers, from its leaves in their order (PROTOCOL §9). At any moment each page has at
/// most one current box: a second one, which could be shown to one person only, is a fault. Not thread-safe.
public final class OfferedBoxes {
    private static final int MOST_FAULTS = 100;

    private final Map<BoxId, Offer> offers = new LinkedHashMap<>();
    private final Map<Manifest.Subject, BoxId> newestOfWords = new HashMap<>();
    private final Map<BoxId, Supersession> superseded = new HashMap<>();
    private final Map<String, BoxId> current = new HashMap<>();
    /// By page: the box that must be opened next there.
    private final Map<String, Awaited> awaited = new HashMap<>();

    private final Map<String, Set<String>> campusesByCampaign = new HashMap<>();
    private final List<String> faults = new ArrayList<>();

    /// A box and the index of the register leaf that opened it.
    public record Offer(long leaf, Manifest manifest) {}

    /// What superseded a box, and the index of the register leaf that says so.
    public record Supersession(long leaf, BoxId by, Instant at) {}

    private record Awaited(long leaf, BoxId box) {}

    /// Takes the next leaf; leaves of other types change nothing here.
    public void add(long index, RegisterLeaf leaf) {
        switch (leaf) {
            case RegisterLeaf.BoxOpened(var manifest) -> opened(index, manifest);
            case RegisterLeaf.BoxSuperseded says -> superseded(index, says);
            default -> {}
        }
    }

    private void opened(long index, Manifest manifest) {
        var box = manifest.box();
        var path = manifest.subject().path();
        var known = offers.get(box);
        if (known != null) {
            fault(index, "a second manifest of box " + box + " (the first is leaf " + known.leaf() + ")");
            return;
        }
        var sameWords = ofWords(manifest.subject())
                .filter(one -> manifest.opens().isBefore(one.manifest().closes()));
        if (sameWords.isPresent()) {
            fault(
                    index,
                    "box " + box + " is a second box for the words of box "
                            + sameWords.get().manifest().box() + " at " + path + " (leaf "
                            + sameWords.get().leaf() + ")");
            return;
        }
        offers.put(box, new Offer(index, manifest));
        newestOfWords.put(manifest.subject(), box); // the older ones are over
        if (manifest.campaign() != null && !manifest.campus().equals("*")) {
            campusesByCampaign
                    .computeIfAbsent(manifest.campaign(), _ -> new HashSet<>())
                    .add(manifest.campus());
        }
        var due = awaited.remove(path);
        var other = current(path).orElse(null);
        if (due != null && !due.box().equals(box)) {
            fault(index, "box " + box + " opens for " + path + ", but leaf " + due.leaf() + " names box " + due.box());
        } else if (other != null && manifest.opens().isBefore(other.manifest().closes())) {
            fault(
                    index,
                    "box " + box + " is a second box for " + path + ": box "
                            + other.manifest().box() + " (leaf " + other.leaf() + ") is current");
            return;
        }
        current.put(path, box);
    }

    private void superseded(long index, RegisterLeaf.BoxSuperseded says) {
        var old = offers.get(says.box());
        if (old == null) {
            fault(index, "supersedes box " + says.box() + ", which is not in the register");
            return;
        }
        var path = old.manifest().subject().path();
        if (!isCurrent(says.box())) {
            fault(index, "supersedes box " + says.box() + ", which is not the current box of " + path);
            return;
        }
        superseded.put(says.box(), new Supersession(index, says.by(), says.at()));
        current.remove(path);
        var next = offers.get(says.by());
        if (next == null) {
            awaited.put(path, new Awaited(index, says.by()));
        } else if (!next.manifest().subject().path().equals(path)) {
            fault(
                    index,
                    "the box " + says.by() + " that it names is a box for "
                            + next.manifest().subject().path() + ", not for " + path);
        } else {
            superseded.remove(says.by());
            current.put(path, says.by());
        }
    }

    private void fault(long index, String what) {
        if (faults.size() < MOST_FAULTS) faults.add("register leaf " + index + ": " + what);
    }

    /// Where the leaves contradict each other: each names its leaf. At most 100 and one for each page whose next
    /// box is missing.
    public List<String> faults() {
        var all = new ArrayList<>(faults);
        awaited.forEach((path, due) -> all.add("register leaf " + due.leaf() + ": the box " + due.box()
                + " that it names for " + path + " is not in the register"));
        return all;
    }

    /// Every box, in the order of the register.
    public Collection<Offer> all() {
        return List.copyOf(offers.values());
    }

    public Optional<Offer> offer(BoxId box) {
        return Optional.ofNullable(offers.get(box));
    }

    /// The newest box for these words of a page, current or not; it may be closed.
    public Optional<Offer> ofWords(Manifest.Subject subject) {
        return Optional.ofNullable(newestOfWords.get(subject)).map(offers::get);
    }

    /// The page's current box; it may be closed.
    public Optional<Offer> current(String path) {
        return Optional.ofNullable(current.get(path)).map(offers::get);
    }

    public boolean isCurrent(BoxId box) {
        return offer(box)
                .map(one -> box.equals(current.get(one.manifest().subject().path())))
                .orElse(false);
    }

    /// What superseded the box; empty while it is the current box of its page.
    public Optional<Supersession> supersession(BoxId box) {
        return Optional.ofNullable(superseded.get(box));
    }

    /// The campuses of the campaign that have a box for this campus only.
    public Set<String> campusesOf(@Nullable String campaign) {
        return campaign == null ? Set.of() : Set.copyOf(campusesByCampaign.getOrDefault(campaign, Set.of()));
    }

    /// The current boxes that must be in the book of a person from one of `campuses` (PROTOCOL §1): those of these
    /// campuses, and those for every campus of a campaign in which one of them has a box.
    public List<Manifest> book(Set<String> campuses, Instant now) {
        return offers.values().stream()
                .map(Offer::manifest)
                .filter(one -> isCurrent(one.box()) && one.isOpenAt(now))
                .filter(one -> one.campus().equals("*")
                        ? campusesOf(one.campaign()).stream().anyMatch(campuses::contains)
                        : campuses.contains(one.campus()))
                .toList();
    }
}
