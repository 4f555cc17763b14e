package org.undersigned.server.publish.page;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.directory.DirectoryEntry;
import org.undersigned.server.content.directory.DirectoryStore;
import org.undersigned.server.content.directory.MailDomain;
import org.undersigned.server.content.directory.SearchWords;
import org.undersigned.server.site.PageResponder;
import org.undersigned.server.site.view.DirectoryEntryPage;
import org.undersigned.server.site.view.DirectoryPage;

/// Searches the directory of campuses by name, place or mail domain. Each request reads the database; nothing is
/// cached. The search also finds the campuses of campaigns, even if the operator has not imported a directory.
public final class DirectoryHandler {
    private static final int LONGEST = 100; // characters of a search
    private static final int MOST = 50;

    private final DirectoryStore directory;
    private final PageResponder pages;

    public DirectoryHandler(DirectoryStore directory, PageResponder pages) {
        this.directory = directory;
        this.pages = pages;
    }

    /// `GET /campuses?q=…`
    public void search(ServerRequest request, ServerResponse response) {
        var asked = request.query().first("q").orElse("").strip();
        var words = asked.length() > LONGEST ? asked.substring(0, LONGEST) : asked;
        var address = words.contains("@"); // probably the reader's own: not searched, not shown
        var found = address || words.isEmpty() ? List.<DirectoryEntry>of() : find(words);
        var here = address || words.isEmpty() ? List.<Campaign.Campus>of() : here(words, found);
        pages.showNow(
                request,
                response,
                "campuses",
                Map.of("view", new DirectoryPage(address ? "" : words, address, here, found, MOST)));
    }

    /// The campuses of campaigns that match, without those that the directory search found.
    private List<Campaign.Campus> here(String words, List<DirectoryEntry> found) {
        var wanted = SearchWords.of(words).split(" ");
        var known = found.stream()
                .flatMap(campus -> campus.domains().stream().map(MailDomain::value))
                .toList();
        var byId = new LinkedHashMap<String, Campaign.Campus>();
        for (var campaign : pages.snapshot().campaigns()) {
            for (var campus : campaign.campuses()) {
                var text = " "
                        + SearchWords.of(
                                campus.name() + " " + campus.place() + " " + String.join(" ", campus.domains()));
                var fits = Arrays.stream(wanted).allMatch(word -> text.contains(" " + word));
                if (fits && Collections.disjoint(known, campus.domains())) byId.putIfAbsent(campus.id(), campus);
            }
        }
        return byId.values().stream().limit(MOST).toList();
    }

    private List<DirectoryEntry> find(String words) {
        var named = directory.search(words, true, MOST);
        if (!named.isEmpty()) return named;
        return MailDomain.ofWeb(words).map(directory::withDomain).orElse(List.of());
    }

    /// `GET /campuses/{id}`
    public void campus(ServerRequest request, ServerResponse response) {
        var found = directory.campus(request.path().pathParameters().get("id")).orElseThrow(PageResponder::noSuchPage);
        var mail = found.domains().stream().map(MailDomain::value).toList();
        var here = pages.snapshot().campaigns().stream()
                .flatMap(campaign -> campaign.campuses().stream()
                        .filter(campus -> campus.domains().stream().anyMatch(mail::contains))
                        .map(campus -> new DirectoryEntryPage.Place(campaign, campus)))
                .toList();
        pages.showNow(request, response, "directoryentry", Map.of("view", new DirectoryEntryPage(found, here)));
    }
}
