package org.undersigned.server.publish.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.action.Action;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.letter.LetterDrive;
import org.undersigned.server.site.Snapshot;

/// Writes petitions, actions and letters, with the counts of their boxes.
record CountableWriter(ApiUrls urls, Snapshot shown, Campaign campaign) {
    JsonFields petition(Campaign.Petition petition) {
        return head(petition.slug(), petition.path())
                .put("campus", petition.campus())
                .put("title", petition.title())
                .put("by", petition.by())
                .put("text", petition.text())
                .put("note", petition.note())
                .numbers("demands", petition.demands())
                .put("source", petition.source())
                .put("counted", counted(petition.path()))
                .put(
                        "links",
                        links(CampaignList.PETITIONS, petition.slug(), petition.path())
                                .put("campus", urls.part(campaign.slug(), CampaignList.CAMPUSES, petition.campus())));
    }

    JsonFields action(Action action) {
        var campuses = action.campuses().stream()
                .map(id -> campaign.campus(id).orElseThrow())
                .toList();
        var zone = campuses.getFirst().zone();
        return head(action.slug(), action.path())
                .put("kind", action.kindWord())
                .put("state", action.stateWord())
                .put("title", campaign.titleOf(action))
                .strings("campuses", action.campuses())
                .putText("date", action.date())
                .putText("time", action.time())
                .putText("zone", zone)
                .putText("starts", ActionTimes.start(action, zone))
                .putText("ends", ActionTimes.end(action, zone))
                .texts("stops", action.stops())
                .put("about", action.about())
                .put("accessibility", action.accessibility())
                .put("bring", action.bring())
                .put("rights", action.rights())
                .put("counter_protest", action.counterProtest())
                .put("pledge", action.pledge())
                .list(
                        "changes",
                        action.changes(),
                        (change, one) -> one.putText("date", change.date())
                                .put("text", change.text())
                                .put("was", was(change)))
                .put("source", action.source())
                .put("counted", counted(action.path()))
                .put(
                        "links",
                        links(CampaignList.ACTIONS, action.slug(), action.path())
                                .strings("campuses", campusLinks(action))
                                .put("calendar", urls.page(action.path() + "/action.ics")));
    }

    private static @Nullable JsonFields was(Action.Change change) {
        var was = change.previousStart();
        return was == null ? null : new JsonFields().putText("date", was.date()).putText("time", was.time());
    }

    private List<String> campusLinks(Action action) {
        return action.campuses().stream()
                .map(id -> urls.part(campaign.slug(), CampaignList.CAMPUSES, id))
                .toList();
    }

    JsonFields letter(LetterDrive drive) {
        return head(drive.slug(), drive.path())
                .put("title", drive.title())
                .put("by", drive.by())
                .putText("deadline", drive.deadline())
                .put("zone", drive.zone().getId())
                .put("why", drive.why())
                .list("recipients", drive.recipients(), CountableWriter::recipient)
                .put("subject", drive.subject())
                .put("template", drive.template())
                .put("source", drive.source())
                .put("counted", counted(drive.path()))
                .put("links", links(CampaignList.LETTERS, drive.slug(), drive.path()));
    }

    private static void recipient(LetterDrive.Recipient recipient, JsonFields to) {
        to.put("name", recipient.name())
                .put("office", recipient.office())
                .put("group", recipient.group())
                .strings("address", recipient.address())
                .put("mail", recipient.mail());
    }

    private JsonFields head(String slug, String path) {
        return new JsonFields().put("id", slug).put("url", urls.page(path)).put("campaign", campaign.slug());
    }

    private @Nullable JsonFields counted(String path) {
        var counted = shown.counted(path);
        return counted == null ? null : BoxWriter.counts(counted);
    }

    /// Without a box, the links to the box, its text, the signing page and the record are null.
    private JsonFields links(CampaignList list, String slug, String path) {
        var counted = shown.counted(path);
        return new JsonFields()
                .put("self", urls.part(campaign.slug(), list, slug))
                .put("campaign", urls.campaign(campaign.slug()))
                .put("box", counted == null ? null : urls.box(counted.box()))
                .put(
                        "text",
                        shown.box(path)
                                .map(box -> urls.page(box.manifest().subject().textPath()))
                                .orElse(null))
                .put("sign", counted == null ? null : urls.page(path + "/sign"))
                .put("record", counted == null ? null : urls.page(path + "/record"));
    }
}
