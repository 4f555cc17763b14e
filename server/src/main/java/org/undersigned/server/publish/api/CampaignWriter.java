package org.undersigned.server.publish.api;

import java.util.List;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.CampaignStore;

/// Writes the fields that belong to the campaign as a whole.
record CampaignWriter(ApiUrls urls) {
    ListItem item(CampaignStore.StoredCampaign stored) {
        return new ListItem(stored.campaign().slug(), () -> fields(stored));
    }

    private JsonFields fields(CampaignStore.StoredCampaign stored) {
        var campaign = stored.campaign();
        var json = new JsonFields()
                .put("id", campaign.slug())
                .put("url", urls.page("/k/" + campaign.slug()))
                .put("hashtag", campaign.hashtag())
                .put("name", campaign.name())
                .list("conveners", campaign.conveners(), CampaignWriter::convener)
                .put("aim", campaign.aim())
                .list("aim_from", campaign.aimFrom(), CampaignWriter::statement)
                .put("call", campaign.call())
                .list("call_from", campaign.callFrom(), CampaignWriter::statement)
                .put("context", campaign.context())
                .list("context_from", campaign.contextFrom(), CampaignWriter::statement)
                .put("press", campaign.press())
                .putText("opens", campaign.opens())
                .putText("closes", campaign.closes())
                .strings("languages", campaign.languages())
                .putText("modified", stored.changed())
                .list("sources", campaign.sources(), CampaignWriter::source)
                .list("demands", campaign.demands(), CampaignWriter::demand)
                .list("templates", campaign.templates(), CampaignWriter::template)
                .list("updates", campaign.updates(), CampaignWriter::update)
                .list("statements", campaign.statements(), CampaignWriter::statement);
        return json.put("links", links(campaign));
    }

    private JsonFields links(Campaign campaign) {
        var self = urls.campaign(campaign.slug());
        var links = new JsonFields().put("self", self);
        for (var list : List.of(CampaignList.values())) links.put(list.word(), self + "/" + list.word());
        return links.put("calendar", urls.page("/k/" + campaign.slug() + "/actions.ics"))
                .put("press", urls.page("/k/" + campaign.slug() + "/press"))
                .put("data", urls.page("/k/" + campaign.slug() + "/data"))
                .put("document", urls.page("/k/" + campaign.slug() + "/campaign.json"));
    }

    private static void convener(Campaign.Convener convener, JsonFields to) {
        to.put("name", convener.name()).list("called", convener.descriptions(), CampaignWriter::statement);
    }

    private static void statement(Campaign.Statement statement, JsonFields to) {
        to.put("source", statement.source()).put("text", statement.text());
    }

    private static void source(Campaign.Source source, JsonFields to) {
        to.put("id", source.id())
                .put("outlet", source.outlet())
                .put("language", source.language())
                .put("by", source.by())
                .putText("date", source.date())
                .texts("notes", source.notes())
                .texts("cross_posts", source.crossPosts())
                .texts("related", source.related());
    }

    private static void demand(Campaign.Demand demand, JsonFields to) {
        to.put("id", (long) demand.id())
                .put("source", demand.source())
                .put("text", demand.text())
                .put("everywhere", demand.everywhere())
                .list(
                        "wordings",
                        demand.wordings(),
                        (wording, one) -> one.putText("until", wording.until()).put("text", wording.text()));
    }

    private static void template(Campaign.Template template, JsonFields to) {
        to.put("id", template.slug())
                .put("title", template.title())
                .put("text", template.text())
                .put("note", template.note())
                .numbers("demands", template.demands());
    }

    private static void update(Campaign.Update update, JsonFields to) {
        to.putText("date", update.date()).put("text", update.text()).put("source", update.source());
    }
}
