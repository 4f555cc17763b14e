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

/// What a newsroom needs of a campaign: each number with its proof or its source, words to quote, a live count to
/// put into a story.
///
/// @param counted by path
public record PressPage(Campaign campaign, Map<String, BoxCounts> counted, URI publicUrl) {
    /// Something counted, with its box.
    public record Line(Countable countable, BoxCounts counted) {}

    /// Everything that is counted, in the document's order.
    public List<Line> lines() {
        return campaign.countables()
                .flatMap(one -> Optional.ofNullable(counted.get(one.path())).map(box -> new Line(one, box)).stream())
                .toList();
    }

    /// Who calls for it, with commas between.
    public String conveners() {
        return campaign.conveners().stream().map(Campaign.Convener::name).collect(Collectors.joining(", "));
    }

    /// Of the page, which other programs make a count out of by themselves.
    public String address(Countable countable, PageContext page) {
        return publicUrl + countable.path() + "?lang=" + page.language();
    }

    /// The HTML that puts a count into another page.
    public String frame(Countable countable, PageContext page) {
        var address = publicUrl + "/embed" + countable.path() + "?lang=" + page.language();
        return OEmbed.frame(address, page.in(countable.title()), OEmbed.WIDTH, OEmbed.HEIGHT);
    }
}
