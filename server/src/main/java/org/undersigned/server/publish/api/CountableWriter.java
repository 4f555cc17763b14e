package org.undersigned.server.publish.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.action.Action;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.letter.LetterDrive;
import org.undersigned.server.site.Snapshot;

/// Writes what people put their weight behind, with what is counted there.
record CountableWriter(Addresses at, Snapshot shown, Campaign campaign) {
    Fields petition(Campaign.Petition petition) {
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
                        links(Part.PETITIONS, petition.slug(), petition.path())
                                .put("campus", at.part(campaign.slug(), Part.CAMPUSES, petition.campus())));
    }

    Fields action(Action action) {
        var campuses = action.campuses().stream()
                .map(id -> campaign.campus(id).orElseThrow())
                .toList();
        var zone = campuses.getFirst().zone();
        return head(action.slug(), action.path())
                .put("kind", action.kindWord())
                .put("state", action.stateWord())
                .put("title", campaign.titleOf(action))
                .strings("campuses", action.campuses())
                .said("date", action.date())
                .said("time", action.time())
                .said("zone", zone)
                .said("starts", Moments.start(action, zone))
                .said("ends", Moments.end(action, zone))
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
                        (change, one) -> one.said("date", change.date())
                                .put("text", change.text())
                                .put("was", was(change)))
                .put("source", action.source())
                .put("counted", counted(action.path()))
                .put(
                        "links",
                        links(Part.ACTIONS, action.slug(), action.path())
                                .strings("campuses", campusLinks(action))
                                .put("calendar", at.page(action.path() + "/action.ics")));
    }

    private static @Nullable Fields was(Action.Change change) {
        var was = change.was();
        return was == null ? null : new Fields().said("date", was.date()).said("time", was.time());
    }

    private List<String> campusLinks(Action action) {
        return action.campuses().stream()
                .map(id -> at.part(campaign.slug(), Part.CAMPUSES, id))
                .toList();
    }

    Fields letter(LetterDrive drive) {
        return head(drive.slug(), drive.path())
                .put("title", drive.title())
                .put("by", drive.by())
                .said("deadline", drive.deadline())
                .put("zone", drive.zone().getId())
                .put("why", drive.why())
                .list("recipients", drive.recipients(), CountableWriter::recipient)
                .put("subject", drive.subject())
                .put("template", drive.template())
                .put("source", drive.source())
                .put("counted", counted(drive.path()))
                .put("links", links(Part.LETTERS, drive.slug(), drive.path()));
    }

    private static void recipient(LetterDrive.Recipient recipient, Fields to) {
        to.put("name", recipient.name())
                .put("office", recipient.office())
                .put("group", recipient.group())
                .strings("address", recipient.address())
                .put("mail", recipient.mail());
    }

    private Fields head(String slug, String path) {
        return new Fields().put("id", slug).put("url", at.page(path)).put("campaign", campaign.slug());
    }

    private @Nullable Fields counted(String path) {
        var counted = shown.counted(path);
        return counted == null ? null : BoxWriter.counts(counted);
    }

    /// Without a box there is nothing to sign, and no record.
    private Fields links(Part part, String slug, String path) {
        var counted = shown.counted(path);
        return new Fields()
                .put("self", at.part(campaign.slug(), part, slug))
                .put("campaign", at.campaign(campaign.slug()))
                .put("box", counted == null ? null : at.box(counted.box()))
                .put("text", counted == null ? null : at.page(path + "/text.json"))
                .put("sign", counted == null ? null : at.page(path + "/sign"))
                .put("record", counted == null ? null : at.page(path + "/record"));
    }
}
