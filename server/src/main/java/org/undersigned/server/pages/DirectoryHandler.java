package org.undersigned.server.pages;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Map;
import org.undersigned.server.campus.Campus;
import org.undersigned.server.campus.CampusStore;
import org.undersigned.server.campus.Domain;

/// The directory of campuses: looked up by name, place or mail domain, asked from the database each time and kept
/// nowhere.
public final class DirectoryHandler {
    private static final int LONGEST = 100; // characters of a search
    private static final int MOST = 50;

    private final CampusStore directory;
    private final PageHandler pages;

    public DirectoryHandler(CampusStore directory, PageHandler pages) {
        this.directory = directory;
        this.pages = pages;
    }

    /// `GET /campuses?q=…`
    public void search(ServerRequest request, ServerResponse response) {
        var asked = request.query().first("q").orElse("").strip();
        var words = asked.length() > LONGEST ? asked.substring(0, LONGEST) : asked;
        var address = words.contains("@"); // somebody's own, most likely: not looked for, not shown
        var found = address || words.isEmpty() ? List.<Campus>of() : find(words);
        pages.showNow(
                request,
                response,
                "campuses",
                Map.of("view", new DirectoryPage(address ? "" : words, address, found, MOST)));
    }

    private List<Campus> find(String words) {
        var named = directory.search(words, true, MOST);
        if (!named.isEmpty()) return named;
        return Domain.ofWeb(words).map(directory::withDomain).orElse(List.of());
    }

    /// `GET /campuses/{id}`
    public void campus(ServerRequest request, ServerResponse response) {
        var found = directory.campus(request.path().pathParameters().get("id")).orElseThrow(PageHandler::noSuchPage);
        var mail = found.domains().stream().map(Domain::value).toList();
        var here = pages.snapshot().campaigns().stream()
                .flatMap(campaign -> campaign.campuses().stream()
                        .filter(campus -> campus.domains().stream().anyMatch(mail::contains))
                        .map(campus -> new DirectoryEntryPage.Place(campaign, campus)))
                .toList();
        pages.showNow(request, response, "directoryentry", Map.of("view", new DirectoryEntryPage(found, here)));
    }
}
