package org.undersigned.server.publish.api;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.action.Action;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.content.document.LocalizedText;
import org.undersigned.server.content.letter.LetterDrive;
import org.undersigned.server.site.Snapshot;

/// Writes the content for which OSDI 1.2 (opensupporter.github.io/osdi-docs) defines resources, as HAL. OSDI has
/// one total per resource: it is written only if the box counts one class of signers, because classes are never
/// added together, and only from 10 on. Unknown values are omitted, as in OSDI. The output contains no people: no
/// creator, no signatures, no attendances.
///
/// @param host     this instance's name, before the colon of its identifiers
/// @param language of the texts
record OsdiWriter(ApiUrls urls, String host, Snapshot shown, String language) {
    /// The entry point (aep.html).
    ///
    /// @param motd a message for new clients
    JsonFields entry(String motd, int mostItems) {
        var links = new JsonFields().put("self", link(urls.osdi(""))).objects("curies", List.of(curie()));
        for (var list : OsdiList.values()) links.put(list.relation(), link(urls.osdi("/" + list.word())));
        links.put("docs", link(urls.page("/api")));
        return new JsonFields()
                .put("motd", motd)
                .put("max_pagesize", (long) mostItems)
                .put("vendor_name", "Undersigned")
                .put("product_name", "Undersigned")
                .put("osdi_version", "1.2")
                .put("namespace", "osdi")
                .put("_links", links);
    }

    /// One page of a list.
    ///
    /// @param page from 1
    JsonFields list(OsdiList list, List<ListItem> all, int page, int size) {
        var pages = Math.max(1, (all.size() + size - 1) / size);
        var items = all.subList(Math.min(all.size(), (page - 1) * size), Math.min(all.size(), page * size));
        var links = new JsonFields().put("self", link(pageOf(list, page, size)));
        if (page < pages) links.put("next", link(pageOf(list, page + 1, size)));
        if (page > 1) links.put("previous", link(pageOf(list, page - 1, size)));
        links.objects("curies", List.of(curie()))
                .objects(
                        list.relation(),
                        items.stream()
                                .map(item -> link(urls.osdi("/" + list.word() + "/" + item.id())))
                                .toList());
        return new JsonFields()
                .put("total_pages", (long) pages)
                .put("per_page", (long) size)
                .put("page", (long) page)
                .put("total_records", (long) all.size())
                .put("_links", links)
                .put(
                        "_embedded",
                        new JsonFields()
                                .objects(
                                        list.relation(),
                                        items.stream()
                                                .map(item -> item.fields().get())
                                                .toList()));
    }

    private String pageOf(OsdiList list, int page, int size) {
        return urls.osdi("/" + list.word()) + "?page=" + page + "&per_page=" + size + "&lang=" + language;
    }

    private static JsonFields link(String address) {
        return new JsonFields().put("href", address);
    }

    private static JsonFields curie() {
        return link("https://opensupporter.github.io/osdi-docs/{rel}.html")
                .put("name", "osdi")
                .put("templated", true);
    }

    /// All items of one kind in all campaigns. If two items have the same address, the list contains the first,
    /// which is also the one on the page.
    List<ListItem> items(OsdiList list) {
        return switch (list) {
            case PETITIONS -> items(Campaign::petitions, Campaign.Petition::slug, this::petition);
            case EVENTS -> items(Campaign::actions, Action::slug, this::event);
            case ADVOCACY_CAMPAIGNS -> items(Campaign::letters, LetterDrive::slug, this::letters);
        };
    }

    private interface Writing<T> {
        JsonFields write(CampaignStore.StoredCampaign in, T what);
    }

    private <T> List<ListItem> items(Function<Campaign, List<T>> all, Function<T, String> id, Writing<T> writing) {
        var items = new LinkedHashMap<String, ListItem>();
        for (var campaign : shown.campaigns()) {
            var stored = shown.stored(campaign.slug()).orElseThrow();
            for (var one : all.apply(campaign)) {
                items.putIfAbsent(id.apply(one), new ListItem(id.apply(one), () -> writing.write(stored, one)));
            }
        }
        return List.copyOf(items.values());
    }

    private JsonFields petition(CampaignStore.StoredCampaign stored, Campaign.Petition petition) {
        var campus = stored.campaign().campus(petition.campus()).orElseThrow();
        return total(
                        head(stored, petition.slug(), petition.path(), petition.title()),
                        "total_signatures",
                        petition.path())
                .put("description", in(stored.campaign().aim()))
                .put("petition_text", in(petition.text()))
                .objects("target", List.of(new JsonFields().put("name", campus.name())))
                .put("_links", self(OsdiList.PETITIONS, petition.slug()));
    }

    private JsonFields event(CampaignStore.StoredCampaign stored, Action action) {
        var campaign = stored.campaign();
        var campus = campaign.campus(action.campuses().getFirst()).orElseThrow();
        var event = total(
                        head(stored, action.slug(), action.path(), campaign.titleOf(action)),
                        "total_accepted",
                        action.path())
                .put("type", "open")
                .put("status", status(action.state()))
                .put("all_day", action.time() == null)
                .put("transparence", "transparent")
                .put("visibility", "public")
                .put("location", location(campus));
        var description = description(action);
        if (!description.isEmpty()) event.put("description", description);
        if (action.bring() != null) event.put("instructions", in(action.bring()));
        var start = ActionTimes.start(action, campus.zone());
        var end = ActionTimes.end(action, campus.zone());
        if (start == null) event.putText("all_day_date", action.date());
        else event.putText("start_date", start);
        if (end != null) event.putText("end_date", end);
        return event.put("_links", self(OsdiList.EVENTS, action.slug()));
    }

    private static String status(Action.State state) {
        return switch (state) {
            case PLANNED -> "tentative";
            case CANCELLED -> "cancelled";
            case CONFIRMED, CHANGED, HELD -> "confirmed";
        };
    }

    /// Returns the description of the action and its route, for which OSDI has no field.
    private String description(Action action) {
        var route = action.stops().stream().map(this::in).collect(Collectors.joining(" → "));
        var about = action.about() == null ? "" : in(action.about());
        return Stream.of(about, route).filter(one -> !one.isEmpty()).collect(Collectors.joining("\n\n"));
    }

    /// For a joint action, the place where it begins. The output never contains a street.
    private JsonFields location(Campaign.Campus campus) {
        var location = new JsonFields().put("venue", campus.name());
        campus.city().ifPresent(city -> location.put("locality", city));
        location.put("region", campus.state()).put("country", "US").put("language", language);
        if (campus.latitude() == null) return location;
        return location.put(
                "location",
                new JsonFields()
                        .put("latitude", campus.latitude())
                        .put("longitude", campus.longitude())
                        .put("accuracy", "Approximate"));
    }

    private JsonFields letters(CampaignStore.StoredCampaign stored, LetterDrive drive) {
        var byMail = drive.recipients().stream().anyMatch(one -> one.mail() != null);
        return total(head(stored, drive.slug(), drive.path(), drive.title()), "total_outreaches", drive.path())
                .put("description", in(drive.why()))
                .strings("templates", List.of(in(drive.template())))
                .put("type", byMail ? "email" : "postal mail")
                .objects(
                        "targets", drive.recipients().stream().map(this::target).toList())
                .put("_links", self(OsdiList.ADVOCACY_CAMPAIGNS, drive.slug()));
    }

    /// Writes the office that receives the letter. OSDI requires a person's name in two parts, which the campaign
    /// document does not give, so the name is only on the page of the letter.
    private JsonFields target(LetterDrive.Recipient recipient) {
        var target = new JsonFields().put("title", in(recipient.office()));
        if (recipient.group() != null) target.put("organization", in(recipient.group()));
        if (!recipient.address().isEmpty()) {
            target.objects("postal_addresses", List.of(new JsonFields().strings("address_lines", recipient.address())));
        }
        if (recipient.mail() != null) {
            target.objects("email_addresses", List.of(new JsonFields().put("address", recipient.mail())));
        }
        return target;
    }

    /// Writes the fields that all resources share. The creation date is known only for content with a box.
    private JsonFields head(CampaignStore.StoredCampaign stored, String slug, String path, LocalizedText title) {
        var head = new JsonFields()
                .strings("identifiers", List.of(host + ":" + slug))
                .put("origin_system", host);
        shown.box(path)
                .ifPresent(box -> head.putText("created_date", box.manifest().opens()));
        return head.putText("modified_date", modified(stored, path))
                .put("name", slug)
                .put("title", in(title))
                .put("summary", in(stored.campaign().name()))
                .put("browser_url", urls.page(path));
    }

    /// Returns the time of the last change of the content or of its count.
    private Instant modified(CampaignStore.StoredCampaign stored, String path) {
        var counted = shown.counted(path);
        var grew = counted == null ? null : counted.newest();
        return grew != null && grew.isAfter(stored.changed()) ? grew : stored.changed();
    }

    private JsonFields total(JsonFields to, String name, String path) {
        var count = total(path);
        return count == null ? to : to.put(name, count);
    }

    private @Nullable Long total(String path) {
        var counted = shown.counted(path);
        if (counted == null) return null;
        var classes = counted.disclosed();
        return classes.size() == 1 ? classes.getFirst().count() : null;
    }

    private JsonFields self(OsdiList list, String id) {
        return new JsonFields().put("self", link(urls.osdi("/" + list.word() + "/" + id)));
    }

    private String in(LocalizedText text) {
        return text.in(language);
    }
}
