package org.undersigned.server.site.view;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.Countable;
import org.undersigned.server.site.BoxCounts;
import org.undersigned.server.site.PageContext;

/// The page of a campaign for newsrooms: each number with its proof or its source, words to quote, a live count to
/// put into a story.
///
/// @param counted by path
public record PressPage(Campaign campaign, Map<String, BoxCounts> counted, URI publicUrl) {
    /// A countable with its counts.
    public record Line(Countable countable, BoxCounts counted) {}

    /// Everything that is counted, in the document's order.
    public List<Line> lines() {
        return campaign.countablePaths()
                .flatMap(path -> Optional.ofNullable(counted.get(path)).stream()
                        .flatMap(box -> campaign.countable(path).map(one -> new Line(one, box)).stream()))
                .toList();
    }

    /// Names of the conveners, separated by commas.
    public String conveners() {
        return campaign.conveners().stream().map(Campaign.Convener::name).collect(Collectors.joining(", "));
    }

    /// Address of the page; other programs turn it into a live count by themselves.
    public String address(Countable countable, PageContext page) {
        return publicUrl + countable.path() + "?lang=" + page.language();
    }

    /// The HTML that puts a count into another page.
    public String frame(Countable countable, PageContext page) {
        var address = publicUrl + "/embed" + countable.path() + "?lang=" + page.language();
        return OEmbed.frame(address, page.in(countable.title()), OEmbed.WIDTH, OEmbed.HEIGHT);
    }
}
