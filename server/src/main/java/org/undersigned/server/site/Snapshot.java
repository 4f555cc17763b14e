package org.undersigned.server.site;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.OfferedBoxes;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.content.campaign.Countable;
import org.undersigned.server.count.box.Boxes;
import org.undersigned.server.count.register.Register;

/// All public data, read at one moment, with a cache of the pages rendered from it.
public final class Snapshot {
    private static final int MAX_PAGES = 4_000;

    private final Instant taken;
    private final List<CampaignStore.StoredCampaign> stored;
    private final List<Register.Tallied> tallied;
    private final List<Register.CardBatch> cards;
    private final Set<String> withCards = new HashSet<>();
    private final Map<String, Boxes.Published> byPath = new HashMap<>();
    private final Map<String, BoxCounts> counted = new HashMap<>();
    private final Map<String, List<EarlierWords>> earlier = new HashMap<>();
    private final Cache<String, RenderedPage> rendered =
            Caffeine.newBuilder().maximumSize(MAX_PAGES).build();

    Snapshot(
            Instant taken,
            List<CampaignStore.StoredCampaign> kept,
            List<Boxes.Published> boxes,
            OfferedBoxes offered,
            List<Register.Tallied> tallied,
            List<Register.CardBatch> cards) {
        this.taken = taken;
        this.stored = List.copyOf(kept);
        this.tallied = List.copyOf(tallied);
        this.cards = List.copyOf(cards);
        cards.forEach(one -> withCards.addAll(one.campuses()));
        var boxesByPath = boxes.stream()
                .collect(Collectors.groupingBy(box -> box.manifest().subject().path()));
        boxesByPath.forEach((path, ofPage) -> {
            var current = current(ofPage, offered);
            byPath.put(path, current);
            counted.put(path, counts(current));
            earlier.put(path, earlier(ofPage, current));
        });
    }

    /// What a page asked people to sign before its words were changed, and how many did.
    ///
    /// @param textPath where those words are, as JSON
    public record EarlierWords(BoxCounts counted, String textPath) {}

    private BoxCounts counts(Boxes.Published box) {
        var manifest = box.manifest();
        var hasCards = Optional.ofNullable(manifest.campaign())
                .flatMap(this::campaign)
                .filter(campaign -> hasCards(campaign, manifest.campus()))
                .isPresent();
        return BoxCounts.of(box, taken, hasCards);
    }

    /// @param campus `*` for all campuses of the campaign
    private boolean hasCards(Campaign campaign, String campus) {
        return campus.equals("*")
                ? campaign.campuses().stream().anyMatch(one -> withCards.contains(one.id()))
                : withCards.contains(campus);
    }

    /// The other boxes of a page whose count may be shown, the newest first.
    private List<EarlierWords> earlier(List<Boxes.Published> ofPage, Boxes.Published current) {
        return ofPage.stream()
                .filter(box ->
                        !box.equals(current) && box.counts().stream().anyMatch(one -> BoxCounts.isShown(one.count())))
                .sorted(Comparator.comparing(
                                (Boxes.Published box) -> box.manifest().opens())
                        .reversed())
                .map(box ->
                        new EarlierWords(counts(box), box.manifest().subject().textPath()))
                .toList();
    }

    /// Of the boxes of one page, the current one of the register; while that has no checkpoint yet, the one opened
    /// last.
    private static Boxes.Published current(List<Boxes.Published> ofPage, OfferedBoxes offered) {
        return Collections.max(
                ofPage,
                Comparator.<Boxes.Published, Boolean>comparing(
                                box -> offered.isCurrent(box.manifest().box()))
                        .thenComparing(box -> box.manifest().opens()));
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

    /// The box of the page at a path; of several, the current one.
    public Optional<Boxes.Published> box(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    public @Nullable BoxCounts counted(String path) {
        return counted.get(path);
    }

    /// The counts of earlier words of the page at a path, the newest first; those under 10 are left out.
    public List<EarlierWords> earlier(String path) {
        return earlier.getOrDefault(path, List.of());
    }

    /// How much a drawn book tells about a signature of the page at a path; empty if nobody can sign it.
    ///
    /// @param campuses whose members may sign it
    public Optional<SignedShare> share(String path, List<String> campuses) {
        return box(path)
                .filter(box -> box.manifest().isOpenAt(taken))
                .map(box -> SignedShare.of(box, tallied, campuses));
    }

    /// The cards with which people can draw, or could, for a box of a campaign; the oldest first.
    ///
    /// @param campus `*` for all campuses of the campaign
    public List<Register.CardBatch> cards(Campaign campaign, String campus) {
        var campuses = campus.equals("*")
                ? campaign.campuses().stream().map(Campaign.Campus::id).collect(Collectors.toSet())
                : Set.of(campus);
        return cards.stream()
                .filter(one -> one.campuses().stream().anyMatch(campuses::contains))
                .toList();
    }

    /// Number of leaves in the box at a path, or in all boxes of the campaign at `/k/…`; empty if there is neither.
    public OptionalLong size(String path) {
        var box = counted.get(path);
        if (box != null) return OptionalLong.of(box.size());
        var campaign = path.startsWith("/k/") ? campaign(path.substring("/k/".length())) : Optional.<Campaign>empty();
        return campaign.map(one -> OptionalLong.of(size(one))).orElse(OptionalLong.empty());
    }

    private long size(Campaign campaign) {
        return campaign.countablePaths()
                .map(counted::get)
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
        return find(campaign -> campaign.countable(path));
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
