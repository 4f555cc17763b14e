package org.undersigned.server.publish.api;

import java.util.List;
import java.util.Locale;
import org.undersigned.server.content.answer.Answer;
import org.undersigned.server.content.answer.Meeting;
import org.undersigned.server.content.answer.SanctuaryLabel;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.coverage.Claim;
import org.undersigned.server.content.coverage.RuleSet;
import org.undersigned.server.site.Snapshot;

/// Writes the items of the lists of a campaign.
record ListItemWriter(ApiUrls urls, Snapshot shown) {
    List<ListItem> items(Campaign campaign, CampaignList list) {
        var counted = new CountableWriter(urls, shown, campaign);
        return switch (list) {
            case CAMPUSES ->
                campaign.campuses().stream()
                        .map(one -> new ListItem(one.id(), () -> campus(campaign, one)))
                        .toList();
            case PETITIONS ->
                campaign.petitions().stream()
                        .map(one -> new ListItem(one.slug(), () -> counted.petition(one)))
                        .toList();
            case ACTIONS ->
                campaign.actions().stream()
                        .map(one -> new ListItem(one.slug(), () -> counted.action(one)))
                        .toList();
            case LETTERS ->
                campaign.letters().stream()
                        .map(one -> new ListItem(one.slug(), () -> counted.letter(one)))
                        .toList();
            case ANSWERS ->
                campaign.answers().stream()
                        .map(one -> new ListItem(id(one), () -> answer(campaign, one)))
                        .toList();
            case FIGURES ->
                campaign.figures().stream()
                        .distinct()
                        .map(one -> new ListItem(one.id(), () -> figure(campaign, one)))
                        .toList();
        };
    }

    private JsonFields campus(Campaign campaign, Campaign.Campus campus) {
        var id = campus.id();
        var chapter = campus.chapter();
        return new JsonFields()
                .put("id", id)
                .put("url", urls.page("/c/" + id))
                .put("campaign", campaign.slug())
                .put("name", campus.name())
                .put("place", campus.place())
                .put("state", campus.state())
                .putText("zone", campus.zone())
                .strings("domains", campus.domains())
                .put("latitude", campus.latitude())
                .put("longitude", campus.longitude())
                .put("system", campus.system())
                .put("kind", campus.kind())
                .put("chapter", chapter == null ? null : chapter(chapter))
                .list("labels", labels(campaign, id), ListItemWriter::label)
                .list("meetings", meetings(campaign, id), ListItemWriter::meeting)
                .put("links", campusLinks(campaign, id));
    }

    private static JsonFields chapter(Campaign.Chapter chapter) {
        return new JsonFields()
                .put("name", chapter.name())
                .putText("since", chapter.since())
                .put("reach", chapter.reach());
    }

    private static List<SanctuaryLabel> labels(Campaign campaign, String campus) {
        return campaign.labels().stream()
                .filter(one -> one.campus().equals(campus))
                .toList();
    }

    private static void label(SanctuaryLabel label, JsonFields to) {
        to.put("name", label.name())
                .put("calls_itself_so", label.usesName())
                .putText("date", label.date())
                .put("words", label.words())
                .put("source", label.source());
    }

    private static List<Meeting> meetings(Campaign campaign, String campus) {
        return campaign.meetings().stream()
                .filter(one -> one.campus().equals(campus))
                .toList();
    }

    private static void meeting(Meeting meeting, JsonFields to) {
        to.putText("date", meeting.date())
                .put("held", meeting.held())
                .put("with", meeting.with())
                .put("text", meeting.text())
                .put("source", meeting.source());
    }

    private JsonFields campusLinks(Campaign campaign, String id) {
        var slug = campaign.slug();
        return new JsonFields()
                .put("self", urls.part(slug, CampaignList.CAMPUSES, id))
                .put("campaign", urls.campaign(slug))
                .strings(
                        "petitions",
                        campaign.petitionsOf(id).stream()
                                .map(one -> urls.part(slug, CampaignList.PETITIONS, one.slug()))
                                .toList())
                .strings(
                        "actions",
                        campaign.actionsOf(id).stream()
                                .map(one -> urls.part(slug, CampaignList.ACTIONS, one.slug()))
                                .toList())
                .strings(
                        "answers",
                        campaign.answersOf(id).stream()
                                .map(one -> urls.part(slug, CampaignList.ANSWERS, id(one)))
                                .toList());
    }

    private static String id(Answer answer) {
        return answer.campus() + "-" + answer.demand();
    }

    private JsonFields answer(Campaign campaign, Answer answer) {
        return new JsonFields()
                .put("id", id(answer))
                .put("url", urls.page("/c/" + answer.campus() + "#demand-" + answer.demand()))
                .put("campaign", campaign.slug())
                .put("campus", answer.campus())
                .put("demand", (long) answer.demand())
                .put("status", answer.now().statusWord())
                .putText("review", answer.review())
                .put("overdue", campaign.isOverdue(answer, shown.taken()))
                .list("history", answer.history(), ListItemWriter::step)
                .put(
                        "links",
                        new JsonFields()
                                .put("self", urls.part(campaign.slug(), CampaignList.ANSWERS, id(answer)))
                                .put("campaign", urls.campaign(campaign.slug()))
                                .put("campus", urls.part(campaign.slug(), CampaignList.CAMPUSES, answer.campus())));
    }

    private static void step(Answer.Step step, JsonFields to) {
        var evidence = step.evidence();
        var legal = step.legal();
        to.putText("date", step.date())
                .put("status", step.statusWord())
                .put("by", step.by())
                .put("words", step.words())
                .put("evidence", evidence == null ? null : evidence(evidence))
                .put(
                        "legal",
                        legal == null
                                ? null
                                : new JsonFields().put("text", legal.text()).putText("as_of", legal.asOf()));
    }

    private static JsonFields evidence(Answer.Evidence evidence) {
        return new JsonFields()
                .put("title", evidence.title())
                .putText("link", evidence.link())
                .putText("seen", evidence.seen())
                .put("sha256", evidence.sha256());
    }

    private JsonFields figure(Campaign campaign, Campaign.Figure figure) {
        var claim = Claim.of(figure, campaign);
        return new JsonFields()
                .put("id", figure.id())
                .put("url", urls.page("/k/" + campaign.slug() + "/coverage"))
                .put("campaign", campaign.slug())
                .strings("about", figure.about())
                .put("subject", figure.subject())
                .put("measure", figure.measure())
                .put("extent", figure.extent().word())
                .put("words", figure.words())
                .put("translation", figure.translation())
                .put("as_of", figure.asOfText())
                .put("source", figure.source())
                .put("reporter", claim.reporter())
                .put("cites", claim.cites())
                .list("bounds", List.of(RuleSet.values()), (rules, one) -> bounds(claim, rules, one))
                .put(
                        "links",
                        new JsonFields()
                                .put("self", urls.part(campaign.slug(), CampaignList.FIGURES, figure.id()))
                                .put("campaign", urls.campaign(campaign.slug())));
    }

    private static void bounds(Claim claim, RuleSet rules, JsonFields to) {
        var bounds = claim.bounds(rules);
        to.put("rules", rules.key())
                .put("low", bounds.bounds().low())
                .put("high", bounds.bounds().high())
                .put("basis", bounds.basis().name().toLowerCase(Locale.ROOT));
    }
}
