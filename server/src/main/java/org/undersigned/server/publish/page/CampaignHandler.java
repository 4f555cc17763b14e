package org.undersigned.server.publish.page;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.count.register.Register;
import org.undersigned.server.site.PageResponder;
import org.undersigned.server.site.RequestedContent;
import org.undersigned.server.site.Snapshot;
import org.undersigned.server.site.Snapshot.Found;
import org.undersigned.server.site.view.ActionPage;
import org.undersigned.server.site.view.ActionsPage;
import org.undersigned.server.site.view.AnswersPage;
import org.undersigned.server.site.view.BookPage;
import org.undersigned.server.site.view.CampaignPage;
import org.undersigned.server.site.view.CampusPage;
import org.undersigned.server.site.view.CoveragePage;
import org.undersigned.server.site.view.LetterPage;
import org.undersigned.server.site.view.PetitionPage;
import org.undersigned.server.site.view.PressPage;
import org.undersigned.server.site.view.SigningDates;

/// Serves a campaign's pages: the campaign, its campuses, actions, letters, answers and figures.
public final class CampaignHandler {
    private final PageResponder pages;
    private final Register register;
    private final Clock clock;

    public CampaignHandler(PageResponder pages, Register register, Clock clock) {
        this.register = register;
        this.pages = pages;
        this.clock = clock;
    }

    /// `GET /`: the campaign if there is exactly one, else the list of campaigns.
    public void home(ServerRequest request, ServerResponse response) {
        var all = pages.snapshot().campaigns();
        if (all.size() == 1) {
            pages.show(request, response, "campaign", shown -> campaign(shown, all.getFirst()));
        } else {
            pages.show(request, response, "home", shown -> Map.of("campaigns", largestFirst(shown)));
        }
    }

    private static List<Campaign> largestFirst(Snapshot shown) {
        return shown.campaigns().stream()
                .sorted(Comparator.comparingInt((Campaign one) -> one.campuses().size())
                        .reversed())
                .toList();
    }

    /// `GET /k/{campaign}`
    public void campaign(ServerRequest request, ServerResponse response) {
        show(request, response, "campaign", CampaignHandler::campaign);
    }

    /// `GET /k/{campaign}/answers`: every campus and every demand.
    public void answers(ServerRequest request, ServerResponse response) {
        show(
                request,
                response,
                "answers",
                (shown, campaign) -> Map.of("view", AnswersPage.of(campaign, clock.instant(), shown.counted())));
    }

    /// `GET /k/{campaign}/actions`: all actions, day by day.
    public void actions(ServerRequest request, ServerResponse response) {
        show(
                request,
                response,
                "actions",
                (shown, campaign) -> Map.of("view", new ActionsPage(campaign, shown.counted(), shown.taken())));
    }

    /// `GET /k/{campaign}/press`: material for journalists.
    public void press(ServerRequest request, ServerResponse response) {
        show(
                request,
                response,
                "press",
                (shown, campaign) -> Map.of("view", new PressPage(campaign, shown.counted(), pages.publicUrl())));
    }

    /// `GET /k/{campaign}/coverage`: every figure with its source, every story.
    public void coverage(ServerRequest request, ServerResponse response) {
        var rules = CoveragePage.rules(request.query().first("rules").orElse(""));
        pages.show(
                request,
                response,
                "coverage",
                rules.name(),
                shown -> RequestedContent.campaign(request, shown)
                        .<Map<String, Object>>map(
                                stored -> Map.of("view", new CoveragePage(stored.campaign(), rules, shown.counted())))
                        .orElse(null));
    }

    private void show(
            ServerRequest request,
            ServerResponse response,
            String template,
            BiFunction<Snapshot, Campaign, Map<String, Object>> values) {
        pages.show(
                request,
                response,
                template,
                shown -> RequestedContent.campaign(request, shown)
                        .map(stored -> values.apply(shown, stored.campaign()))
                        .orElse(null));
    }

    private static Map<String, Object> campaign(Snapshot shown, Campaign campaign) {
        return Map.of("view", CampaignPage.of(campaign, shown.counted(), shown.taken()));
    }

    /// `GET /c/{campus}`
    public void campus(ServerRequest request, ServerResponse response) {
        pages.show(
                request,
                response,
                "campus",
                shown -> RequestedContent.campus(request, shown)
                        .<Map<String, Object>>map(found -> Map.of(
                                "view", new CampusPage(found.campaign(), found.item(), shown.counted(), shown.taken())))
                        .orElse(null));
    }

    /// `GET /c/{campus}/book`: draws a book without signing.
    public void book(ServerRequest request, ServerResponse response) {
        showBook(request, response, "book");
    }

    /// `GET /c/{campus}/card`: draws a book with a card.
    public void card(ServerRequest request, ServerResponse response) {
        showBook(request, response, "card");
    }

    private void showBook(ServerRequest request, ServerResponse response, String template) {
        pages.show(
                request,
                response,
                SendingPages.UNSTORED,
                template,
                "",
                shown -> RequestedContent.campus(request, shown)
                        .<Map<String, Object>>map(
                                found -> Map.of("view", BookPage.of(shown, found.campaign(), found.item())))
                        .orElse(null));
    }

    /// `GET /p/{petition}`
    public void petition(ServerRequest request, ServerResponse response) {
        showCounted(
                request,
                response,
                "petition",
                RequestedContent::petition,
                (shown, found) -> PetitionPage.of(
                        found.campaign(), found.item(), shown.box(found.item().path()), register));
    }

    /// `GET /a/{action}`
    public void action(ServerRequest request, ServerResponse response) {
        showCounted(
                request,
                response,
                "action",
                RequestedContent::action,
                (_, found) -> new ActionPage(
                        found.campaign(), found.item(), found.campaign().isUpcoming(found.item(), clock.instant())));
    }

    /// `GET /l/{letter}`
    public void letter(ServerRequest request, ServerResponse response) {
        showCounted(
                request,
                response,
                "letter",
                RequestedContent::letter,
                (_, found) -> new LetterPage(found.campaign(), found.item(), clock.instant()));
    }

    /// Sends the page of a petition, action or letter, with the counts of its box if it has one.
    private <T> void showCounted(
            ServerRequest request,
            ServerResponse response,
            String template,
            BiFunction<ServerRequest, Snapshot, Optional<Found<T>>> find,
            BiFunction<Snapshot, Found<T>, Object> view) {
        pages.show(
                request,
                response,
                template,
                shown -> find.apply(request, shown)
                        .<Map<String, Object>>map(found -> {
                            var values = new HashMap<String, Object>();
                            values.put("view", view.apply(shown, found));
                            values.put("counted", shown.counted(request.path().path()));
                            values.put("earlier", shown.earlier(request.path().path()));
                            shown.countable(request.path().path())
                                    .ifPresent(one -> values.put(
                                            "dates",
                                            new SigningDates(
                                                    one.item().period(),
                                                    one.item().zone(),
                                                    shown.taken())));
                            return values;
                        })
                        .orElse(null));
    }
}
