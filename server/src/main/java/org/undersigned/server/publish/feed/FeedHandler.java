package org.undersigned.server.publish.feed;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.platform.http.CachePolicy;
import org.undersigned.server.platform.http.Representation;
import org.undersigned.server.site.PageContext;
import org.undersigned.server.site.PageResponder;
import org.undersigned.server.site.RequestedContent;
import org.undersigned.server.site.Snapshot;

/// Serves news as Atom feeds, newest first, for any feed reader: a follower does not give an e-mail address.
public final class FeedHandler {
    private static final Representation ATOM = Representation.byLanguage(
                    "application/atom+xml; charset=utf-8", CachePolicy.REVALIDATE)
            .openToEverybody();

    private static final int MOST_ENTRIES = 100;

    private final PageResponder pages;

    public FeedHandler(PageResponder pages) {
        this.pages = pages;
    }

    /// `GET /k/{campaign}/feed.atom`
    public void campaign(ServerRequest request, ServerResponse response) {
        pages.publish(
                request,
                response,
                ATOM,
                (shown, page) -> RequestedContent.campaign(request, shown).map(stored -> {
                    var campaign = stored.campaign();
                    var entries = news(stored, page).entries(campaign.actions(), campaign.answers());
                    return feed(page.in(campaign.name()), List.of(stored), entries, page);
                }),
                AtomWriter::write);
    }

    /// `GET /c/{campus}/feed.atom`: news of every campaign that has the campus: items of the campus and updates of
    /// the campaigns.
    public void campus(ServerRequest request, ServerResponse response) {
        pages.publish(
                request,
                response,
                ATOM,
                (shown, page) -> RequestedContent.campus(request, shown).map(found -> {
                    var id = found.item().id();
                    var campaigns = campaignsOf(id, shown);
                    var entries = campaigns.stream().flatMap(stored -> {
                        var campaign = stored.campaign();
                        return news(stored, page).entries(campaign.actionsOf(id), campaign.answersOf(id));
                    });
                    return feed(found.item().name(), campaigns, entries, page);
                }),
                AtomWriter::write);
    }

    private static List<CampaignStore.StoredCampaign> campaignsOf(String campus, Snapshot shown) {
        return shown.allStored().stream()
                .filter(stored -> stored.campaign().campus(campus).isPresent())
                .toList();
    }

    private CampaignNews news(CampaignStore.StoredCampaign stored, PageContext page) {
        return new CampaignNews(stored, page, pages.publicUrl().getHost());
    }

    /// @param of one or more campaigns
    private Feed feed(
            String title, List<CampaignStore.StoredCampaign> of, Stream<Feed.Entry> entries, PageContext page) {
        // the sort is stable: entries of one day keep their order
        var newest = entries.sorted(Comparator.comparing(Feed.Entry::updated).reversed())
                .limit(MOST_ENTRIES)
                .toList();
        var authors = of.stream()
                .flatMap(stored -> stored.campaign().conveners().stream())
                .map(Campaign.Convener::name)
                .distinct()
                .toList();
        var above = page.path().substring(0, page.path().lastIndexOf('/'));
        return new Feed(
                CampaignNews.tag(pages.publicUrl().getHost(), page.path()),
                page.t("follow.news", title),
                of.stream()
                        .map(stored -> page.in(stored.campaign().aim()))
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
