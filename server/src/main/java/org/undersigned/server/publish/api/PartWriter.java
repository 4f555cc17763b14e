package org.undersigned.server.publish.api;

import java.util.List;
import java.util.Locale;
import org.undersigned.server.content.answer.Answer;
import org.undersigned.server.content.answer.Label;
import org.undersigned.server.content.answer.Meeting;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.coverage.Claim;
import org.undersigned.server.content.coverage.RuleSet;
import org.undersigned.server.site.Snapshot;

/// Writes what stands in the lists of a campaign.
record PartWriter(Addresses at, Snapshot shown) {
    List<Item> items(Campaign campaign, Part part) {
        var counted = new CountableWriter(at, shown, campaign);
        return switch (part) {
            case CAMPUSES ->
                campaign.campuses().stream()
                        .map(one -> new Item(one.id(), () -> campus(campaign, one)))
                        .toList();
            case PETITIONS ->
                campaign.petitions().stream()
                        .map(one -> new Item(one.slug(), () -> counted.petition(one)))
                        .toList();
            case ACTIONS ->
                campaign.actions().stream()
                        .map(one -> new Item(one.slug(), () -> counted.action(one)))
                        .toList();
            case LETTERS ->
                campaign.letters().stream()
                        .map(one -> new Item(one.slug(), () -> counted.letter(one)))
                        .toList();
            case ANSWERS ->
                campaign.answers().stream()
                        .map(one -> new Item(id(one), () -> answer(campaign, one)))
                        .toList();
            case FIGURES ->
                campaign.figures().stream()
                        .distinct()
                        .map(one -> new Item(one.id(), () -> figure(campaign, one)))
                        .toList();
        };
    }

    private Fields campus(Campaign campaign, Campaign.Campus campus) {
        var id = campus.id();
        var chapter = campus.chapter();
        return new Fields()
                .put("id", id)
                .put("url", at.page("/c/" + id))
                .put("campaign", campaign.slug())
                .put("name", campus.name())
                .put("place", campus.place())
                .put("state", campus.state())
                .said("zone", campus.zone())
                .strings("domains", campus.domains())
                .put("latitude", campus.latitude())
                .put("longitude", campus.longitude())
                .put("system", campus.system())
                .put("kind", campus.kind())
                .put("chapter", chapter == null ? null : chapter(chapter))
                .list("labels", labels(campaign, id), PartWriter::label)
                .list("meetings", meetings(campaign, id), PartWriter::meeting)
                .put("links", campusLinks(campaign, id));
    }

    private static Fields chapter(Campaign.Chapter chapter) {
        return new Fields()
                .put("name", chapter.name())
                .said("since", chapter.since())
                .put("reach", chapter.reach());
    }

    private static List<Label> labels(Campaign campaign, String campus) {
        return campaign.labels().stream()
                .filter(one -> one.campus().equals(campus))
                .toList();
    }

    private static void label(Label label, Fields to) {
        to.put("name", label.name())
                .put("calls_itself_so", label.calls())
                .said("date", label.date())
                .put("words", label.words())
                .put("source", label.source());
    }

    private static List<Meeting> meetings(Campaign campaign, String campus) {
        return campaign.meetings().stream()
                .filter(one -> one.campus().equals(campus))
                .toList();
    }

    private static void meeting(Meeting meeting, Fields to) {
        to.said("date", meeting.date())
                .put("held", meeting.held())
                .put("with", meeting.with())
                .put("text", meeting.text())
                .put("source", meeting.source());
    }

    private Fields campusLinks(Campaign campaign, String id) {
        var slug = campaign.slug();
        return new Fields()
                .put("self", at.part(slug, Part.CAMPUSES, id))
                .put("campaign", at.campaign(slug))
                .strings(
                        "petitions",
                        campaign.petitionsOf(id).stream()
                                .map(one -> at.part(slug, Part.PETITIONS, one.slug()))
                                .toList())
                .strings(
                        "actions",
                        campaign.actionsOf(id).stream()
                                .map(one -> at.part(slug, Part.ACTIONS, one.slug()))
                                .toList())
                .strings(
                        "answers",
                        campaign.answersOf(id).stream()
                                .map(one -> at.part(slug, Part.ANSWERS, id(one)))
                                .toList());
    }

    private static String id(Answer answer) {
        return answer.campus() + "-" + answer.demand();
    }

    private Fields answer(Campaign campaign, Answer answer) {
        return new Fields()
                .put("id", id(answer))
                .put("url", at.page("/c/" + answer.campus() + "#demand-" + answer.demand()))
                .put("campaign", campaign.slug())
                .put("campus", answer.campus())
                .put("demand", (long) answer.demand())
                .put("status", answer.now().statusWord())
                .said("review", answer.review())
                .put("overdue", campaign.isOverdue(answer, shown.taken()))
                .list("history", answer.history(), PartWriter::step)
                .put(
                        "links",
                        new Fields()
                                .put("self", at.part(campaign.slug(), Part.ANSWERS, id(answer)))
                                .put("campaign", at.campaign(campaign.slug()))
                                .put("campus", at.part(campaign.slug(), Part.CAMPUSES, answer.campus())));
    }

    private static void step(Answer.Step step, Fields to) {
        var evidence = step.evidence();
        var legal = step.legal();
        to.said("date", step.date())
                .put("status", step.statusWord())
                .put("by", step.by())
                .put("words", step.words())
                .put("evidence", evidence == null ? null : evidence(evidence))
                .put(
                        "legal",
                        legal == null
                                ? null
                                : new Fields().put("text", legal.text()).said("as_of", legal.asOf()));
    }

    private static Fields evidence(Answer.Evidence evidence) {
        return new Fields()
                .put("title", evidence.title())
                .said("link", evidence.link())
                .said("seen", evidence.seen())
                .put("sha256", evidence.sha256());
    }

    private Fields figure(Campaign campaign, Campaign.Figure figure) {
        var claim = Claim.of(figure, campaign);
        return new Fields()
                .put("id", figure.id())
                .put("url", at.page("/k/" + campaign.slug() + "/coverage"))
                .put("campaign", campaign.slug())
                .strings("about", figure.about())
                .put("subject", figure.subject())
                .put("measure", figure.measure())
                .put("extent", figure.extent().word())
                .put("words", figure.words())
                .put("translation", figure.translation())
                .put("as_of", figure.asOfSaid())
                .put("source", figure.source())
                .put("reporter", claim.reporter())
                .put("cites", claim.cites())
                .list("bounds", List.of(RuleSet.values()), (rules, one) -> bounds(claim, rules, one))
                .put(
                        "links",
                        new Fields()
                                .put("self", at.part(campaign.slug(), Part.FIGURES, figure.id()))
                                .put("campaign", at.campaign(campaign.slug())));
    }

    private static void bounds(Claim claim, RuleSet rules, Fields to) {
        var judgement = claim.bounds(rules);
        to.put("rules", rules.key())
                .put("low", judgement.bounds().low())
                .put("high", judgement.bounds().high())
                .put("basis", judgement.basis().name().toLowerCase(Locale.ROOT));
    }
}
