package org.undersigned.server.pages;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.campaign.Campaign;

/// What a campaign says in public: the campaign, its campuses, actions, letters, answers and figures.
public final class CampaignHandler {
    private final PageHandler pages;
    private final Clock clock;

    public CampaignHandler(PageHandler pages, Clock clock) {
        this.pages = pages;
        this.clock = clock;
    }

    /// `GET /`: the campaign, when there is one.
    public void home(ServerRequest request, ServerResponse response) {
        var all = pages.snapshot().campaigns();
        if (all.size() == 1) {
            pages.show(request, response, "campaign", shown -> campaign(shown, all.getFirst()));
        } else {
            pages.show(request, response, "home", shown -> Map.of("campaigns", shown.campaigns()));
        }
    }

    /// `GET /k/{campaign}`
    public void campaign(ServerRequest request, ServerResponse response) {
        show(request, response, "campaign", CampaignHandler::campaign);
    }

    /// `GET /k/{campaign}/answers`: every campus and every demand.
    public void answers(ServerRequest request, ServerResponse response) {
        show(request, response, "answers", (_, campaign) -> Map.of("view", new AnswersPage(campaign, today())));
    }

    /// `GET /k/{campaign}/actions`: what happens where, day by day.
    public void actions(ServerRequest request, ServerResponse response) {
        show(
                request,
                response,
                "actions",
                (shown, campaign) -> Map.of("view", new ActionsPage(campaign, shown.counted(), today())));
    }

    /// `GET /k/{campaign}/coverage`: every figure with its source, every story.
    public void coverage(ServerRequest request, ServerResponse response) {
        var rules = CoveragePage.rules(request.query().first("rules").orElse(""));
        var slug = request.path().pathParameters().get("campaign");
        pages.show(
                request,
                response,
                "coverage",
                rules.name(),
                shown -> shown.campaign(slug)
                        .<Map<String, Object>>map(campaign -> Map.of("view", new CoveragePage(campaign, rules)))
                        .orElse(null));
    }

    private void show(
            ServerRequest request,
            ServerResponse response,
            String template,
            BiFunction<Snapshot, Campaign, Map<String, Object>> values) {
        var slug = request.path().pathParameters().get("campaign");
        pages.show(
                request,
                response,
                template,
                shown -> shown.campaign(slug)
                        .map(campaign -> values.apply(shown, campaign))
                        .orElse(null));
    }

    private static Map<String, Object> campaign(Snapshot shown, Campaign campaign) {
        return Map.of("view", CampaignPage.of(campaign, shown.counted()));
    }

    /// `GET /c/{campus}`
    public void campus(ServerRequest request, ServerResponse response) {
        var id = request.path().pathParameters().get("campus");
        pages.show(request, response, "campus", shown -> {
            for (var campaign : shown.campaigns()) {
                var campus = campaign.campus(id);
                if (campus.isPresent()) {
                    return Map.of("view", new CampusPage(campaign, campus.get(), shown.counted(), today()));
                }
            }
            return null;
        });
    }

    /// `GET /p/{petition}`
    public void petition(ServerRequest request, ServerResponse response) {
        var slug = request.path().pathParameters().get("petition");
        pages.show(request, response, "petition", shown -> {
            for (var campaign : shown.campaigns()) {
                var petition = campaign.petition(slug);
                if (petition.isEmpty()) continue;
                var campus = campaign.campus(petition.get().campus()).orElseThrow();
                var counted = shown.counted(petition.get().path());
                return with(counted, "view", new PetitionPage(campaign, petition.get(), campus, counted));
            }
            return null;
        });
    }

    /// `GET /a/{action}`
    public void action(ServerRequest request, ServerResponse response) {
        var slug = request.path().pathParameters().get("action");
        pages.show(request, response, "action", shown -> {
            for (var campaign : shown.campaigns()) {
                for (var action : campaign.actions()) {
                    if (!action.slug().equals(slug)) continue;
                    var counted = shown.counted(action.path());
                    return with(counted, "view", new ActionPage(campaign, action, counted));
                }
            }
            return null;
        });
    }

    /// `GET /l/{letter}`
    public void letter(ServerRequest request, ServerResponse response) {
        var slug = request.path().pathParameters().get("letter");
        pages.show(request, response, "letter", shown -> {
            for (var campaign : shown.campaigns()) {
                for (var drive : campaign.letters()) {
                    if (!drive.slug().equals(slug)) continue;
                    var counted = shown.counted(drive.path());
                    return with(counted, "view", new LetterPage(campaign, drive, counted, clock.instant()));
                }
            }
            return null;
        });
    }

    private static Map<String, Object> with(@Nullable Counted counted, String name, Object view) {
        var values = new HashMap<String, Object>();
        values.put(name, view);
        values.put("counted", counted);
        return values;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), java.time.ZoneOffset.UTC);
    }
}
