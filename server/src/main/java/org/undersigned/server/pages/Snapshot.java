package org.undersigned.server.pages;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.box.Boxes;
import org.undersigned.server.campaign.Campaign;
import org.undersigned.server.campaign.Countable;

/// Everything the pages say, read at one moment; the pages drawn from it are kept with it.
final class Snapshot {
    private static final int MOST_PAGES = 4_000;

    private final Instant taken;
    private final List<Campaign> campaigns;
    private final Map<String, Boxes.Published> byPath = new HashMap<>();
    private final Map<String, Counted> counted = new HashMap<>();
    private final ConcurrentHashMap<String, Drawn> drawn = new ConcurrentHashMap<>();

    Snapshot(Instant taken, List<Campaign> campaigns, List<Boxes.Published> boxes) {
        this.taken = taken;
        this.campaigns = List.copyOf(campaigns);
        for (var box : boxes) byPath.merge(box.manifest().subject().path(), box, Snapshot::newer);
        byPath.forEach((path, box) -> counted.put(path, Counted.of(box, taken)));
    }

    /// Of two boxes of one page, the one opened later.
    private static Boxes.Published newer(Boxes.Published a, Boxes.Published b) {
        return a.manifest().opens().isAfter(b.manifest().opens()) ? a : b;
    }

    Instant taken() {
        return taken;
    }

    List<Campaign> campaigns() {
        return campaigns;
    }

    Optional<Campaign> campaign(String slug) {
        return campaigns.stream().filter(one -> one.slug().equals(slug)).findFirst();
    }

    /// The box that counts for a page.
    Optional<Boxes.Published> box(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    @Nullable
    Counted counted(String path) {
        return counted.get(path);
    }

    /// By path.
    Map<String, Counted> counted() {
        return counted;
    }

    /// Something of one campaign.
    record Found<T>(Campaign campaign, T what) {}

    /// What the first campaign that has it says.
    ///
    /// @param in looks in one campaign
    <T> Optional<Found<T>> find(Function<Campaign, Optional<T>> in) {
        return campaigns.stream()
                .flatMap(campaign -> in.apply(campaign).map(what -> new Found<>(campaign, what)).stream())
                .findFirst();
    }

    /// What is counted at a path.
    Optional<Found<Countable>> countable(String path) {
        return find(campaign ->
                campaign.countables().filter(one -> one.path().equals(path)).findFirst());
    }

    /// A page drawn before, or drawn now and kept.
    @Nullable
    Drawn drawn(String key, Supplier<@Nullable Drawn> draw) {
        var known = drawn.get(key);
        if (known != null) return known;
        var fresh = draw.get();
        if (fresh != null && drawn.size() < MOST_PAGES) drawn.put(key, fresh);
        return fresh;
    }
}
