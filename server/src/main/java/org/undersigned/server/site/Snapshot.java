package org.undersigned.server.site;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.content.campaign.Countable;
import org.undersigned.server.count.box.Boxes;

/// All public data, read at one moment, with a cache of the pages rendered from it.
public final class Snapshot {
    private static final int MAX_PAGES = 4_000;

    private final Instant taken;
    private final List<CampaignStore.StoredCampaign> stored;
    private final Map<String, Boxes.Published> byPath = new HashMap<>();
    private final Map<String, BoxCounts> counted = new HashMap<>();
    private final Cache<String, RenderedPage> rendered =
            Caffeine.newBuilder().maximumSize(MAX_PAGES).build();

    Snapshot(Instant taken, List<CampaignStore.StoredCampaign> kept, List<Boxes.Published> boxes) {
        this.taken = taken;
        this.stored = List.copyOf(kept);
        for (var box : boxes) byPath.merge(box.manifest().subject().path(), box, this::current);
        byPath.forEach((path, box) -> counted.put(path, BoxCounts.of(box, taken)));
    }

    /// Of two boxes of one page, the one whose text stands there, whenever it was opened: a text may be changed and
    /// changed back. If neither has that text, because a new box is not open yet, the one opened later.
    private Boxes.Published current(Boxes.Published a, Boxes.Published b) {
        var subject = countable(a.manifest().subject().path())
                .map(found -> found.item().subject());
        var isTextOfA = subject.equals(Optional.of(a.manifest().subject()));
        var isTextOfB = subject.equals(Optional.of(b.manifest().subject()));
        if (isTextOfA != isTextOfB) return isTextOfA ? a : b;
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

    /// A campaign with its document and the moment of the document's last change.
    public Optional<CampaignStore.StoredCampaign> stored(String slug) {
        return stored.stream().filter(one -> one.campaign().slug().equals(slug)).findFirst();
    }

    /// The box of the page at a path; of several, the one with the text that stands there.
    public Optional<Boxes.Published> box(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    public @Nullable BoxCounts counted(String path) {
        return counted.get(path);
    }

    /// Number of leaves in the box at a path, or in all boxes of the campaign at `/k/…`; empty if there is neither.
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

    /// The counts of every page's box, by path.
    public Map<String, BoxCounts> counted() {
        return counted;
    }

    /// A result, with the campaign that it belongs to.
    public record Found<T>(CampaignStore.StoredCampaign stored, T item) {
        public Campaign campaign() {
            return stored.campaign();
        }
    }

    /// The result of the first campaign that has one.
    ///
    /// @param in searches one campaign
    public <T> Optional<Found<T>> find(Function<Campaign, Optional<T>> in) {
        return stored.stream()
                .flatMap(one -> in.apply(one.campaign()).map(what -> new Found<>(one, what)).stream())
                .findFirst();
    }

    /// The petition, pledge or letter that is counted at a path.
    public Optional<Found<Countable>> countable(String path) {
        return find(campaign ->
                campaign.countables().filter(one -> one.path().equals(path)).findFirst());
    }

    /// Returns the cached page, or renders and caches it; null if `render` returns null. Two requests at once may
    /// both render it.
    @Nullable
    RenderedPage rendered(String key, Supplier<@Nullable RenderedPage> render) {
        var known = rendered.getIfPresent(key);
        if (known != null) return known;
        var fresh = render.get();
        if (fresh != null) rendered.put(key, fresh);
        return fresh;
    }
}
