package org.undersigned.server.publish.feed;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.platform.http.Caching;
import org.undersigned.server.platform.http.Kind;
import org.undersigned.server.site.Page;
import org.undersigned.server.site.PageHandler;
import org.undersigned.server.site.Snapshot;

/// What is new, newest first, for anybody's reader: no address is needed to follow.
public final class FeedHandler {
    private static final Kind ATOM =
            Kind.byLanguage("application/atom+xml; charset=utf-8", Caching.ASK).openToEverybody();

    private static final int MOST_ENTRIES = 100;

    private final PageHandler pages;

    public FeedHandler(PageHandler pages) {
        this.pages = pages;
    }

    /// `GET /k/{campaign}/feed.atom`
    public void campaign(ServerRequest request, ServerResponse response) {
        var slug = request.path().pathParameters().get("campaign");
        pages.publish(
                request,
                response,
                ATOM,
                (shown, page) -> shown.kept(slug).map(kept -> {
                    var campaign = kept.campaign();
                    var entries = news(kept, page).entries(campaign.actions(), campaign.answers());
                    return feed(page.in(campaign.name()), List.of(kept), entries, page);
                }),
                Atom::write);
    }

    /// `GET /c/{campus}/feed.atom`: of every campaign that has the campus, and what is new in those as a whole.
    public void campus(ServerRequest request, ServerResponse response) {
        var id = request.path().pathParameters().get("campus");
        pages.publish(
                request,
                response,
                ATOM,
                (shown, page) -> shown.find(campaign -> campaign.campus(id)).map(found -> {
                    var campaigns = campaignsOf(id, shown);
                    var entries = campaigns.stream().flatMap(kept -> {
                        var campaign = kept.campaign();
                        return news(kept, page).entries(campaign.actionsOf(id), campaign.answersOf(id));
                    });
                    return feed(found.what().name(), campaigns, entries, page);
                }),
                Atom::write);
    }

    private static List<CampaignStore.Kept> campaignsOf(String campus, Snapshot shown) {
        return shown.campaigns().stream()
                .filter(campaign -> campaign.campus(campus).isPresent())
                .map(campaign -> shown.kept(campaign.slug()).orElseThrow())
                .toList();
    }

    private News news(CampaignStore.Kept kept, Page page) {
        return new News(kept, page, pages.publicUrl().getHost());
    }

    /// @param of at least one campaign
    private Feed feed(String title, List<CampaignStore.Kept> of, Stream<Feed.Entry> entries, Page page) {
        var newest = entries.sorted(Comparator.comparing(Feed.Entry::updated).reversed()) // those of a day as they came
                .limit(MOST_ENTRIES)
                .toList();
        var authors = of.stream()
                .flatMap(kept -> kept.campaign().conveners().stream())
                .map(Campaign.Convener::name)
                .distinct()
                .toList();
        var above = page.path().substring(0, page.path().lastIndexOf('/'));
        return new Feed(
                News.tag(pages.publicUrl().getHost(), page.path()),
                page.t("follow.news", title),
                of.stream()
                        .map(kept -> page.in(kept.campaign().aim()))
                        .distinct()
                        .collect(Collectors.joining(" · ")),
                page.language(),
                page.publicUrl() + page.link(above),
                page.publicUrl() + page.link(page.path()),
                authors.isEmpty() ? List.of(page.t("site")) : authors,
                newest.isEmpty() ? of.getFirst().changed() : newest.getFirst().updated(),
                newest);
    }
}
