package org.undersigned.server.site;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.content.campaign.Countable;
import org.undersigned.server.count.box.Boxes;

/// Everything that is said in public, read at one moment; what is made from it is kept with it.
public final class Snapshot {
    private static final int MOST_PAGES = 4_000;

    private final Instant taken;
    private final List<CampaignStore.StoredCampaign> stored;
    private final Map<String, Boxes.Published> byPath = new HashMap<>();
    private final Map<String, BoxCounts> counted = new HashMap<>();
    private final ConcurrentHashMap<String, RenderedPage> drawn = new ConcurrentHashMap<>();

    Snapshot(Instant taken, List<CampaignStore.StoredCampaign> kept, List<Boxes.Published> boxes) {
        this.taken = taken;
        this.stored = List.copyOf(kept);
        for (var box : boxes) byPath.merge(box.manifest().subject().path(), box, Snapshot::newer);
        byPath.forEach((path, box) -> counted.put(path, BoxCounts.of(box, taken)));
    }

    /// Of two boxes of one page, the one opened later.
    private static Boxes.Published newer(Boxes.Published a, Boxes.Published b) {
        return a.manifest().opens().isAfter(b.manifest().opens()) ? a : b;
    }

    public Instant taken() {
        return taken;
    }

    public List<Campaign> campaigns() {
        return stored.stream().map(CampaignStore.StoredCampaign::campaign).toList();
    }

    /// Every campaign with its document, by slug.
    public List<CampaignStore.StoredCampaign> allStored() {
        return stored;
    }

    public Optional<Campaign> campaign(String slug) {
        return stored(slug).map(CampaignStore.StoredCampaign::campaign);
    }

    /// A campaign with its document and the moment that last changed.
    public Optional<CampaignStore.StoredCampaign> stored(String slug) {
        return stored.stream().filter(one -> one.campaign().slug().equals(slug)).findFirst();
    }

    /// The box that counts for a page.
    public Optional<Boxes.Published> box(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    public @Nullable BoxCounts counted(String path) {
        return counted.get(path);
    }

    /// Entries in the box at a path, or in all boxes of the campaign at `/k/…`; empty if there is neither.
    public OptionalLong size(String path) {
        var box = counted.get(path);
        if (box != null) return OptionalLong.of(box.size());
        var campaign = path.startsWith("/k/") ? campaign(path.substring("/k/".length())) : Optional.<Campaign>empty();
        return campaign.map(one -> OptionalLong.of(size(one))).orElse(OptionalLong.empty());
    }

    private long size(Campaign campaign) {
        return campaign.countables()
                .map(one -> counted.get(one.path()))
                .filter(Objects::nonNull)
                .mapToLong(BoxCounts::size)
                .sum();
    }

    /// By path.
    public Map<String, BoxCounts> counted() {
        return counted;
    }

    /// Something of one campaign.
    public record Found<T>(Campaign campaign, T what) {}

    /// What the first campaign that has it says.
    ///
    /// @param in looks in one campaign
    public <T> Optional<Found<T>> find(Function<Campaign, Optional<T>> in) {
        return stored.stream()
                .map(CampaignStore.StoredCampaign::campaign)
                .flatMap(campaign -> in.apply(campaign).map(what -> new Found<>(campaign, what)).stream())
                .findFirst();
    }

    /// What is counted at a path.
    public Optional<Found<Countable>> countable(String path) {
        return find(campaign ->
                campaign.countables().filter(one -> one.path().equals(path)).findFirst());
    }

    /// What was made before, or is made now and kept.
    @Nullable
    RenderedPage drawn(String key, Supplier<@Nullable RenderedPage> draw) {
        var known = drawn.get(key);
        if (known != null) return known;
        var fresh = draw.get();
        if (fresh != null && drawn.size() < MOST_PAGES) drawn.put(key, fresh);
        return fresh;
    }
}
