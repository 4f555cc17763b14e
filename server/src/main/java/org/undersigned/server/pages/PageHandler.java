package org.undersigned.server.pages;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.Manifest;
import org.undersigned.server.box.Boxes;
import org.undersigned.server.campaign.Campaign;
import org.undersigned.server.campaign.CampaignStore;
import org.undersigned.server.campaign.PetitionText;
import org.undersigned.server.demo.DemoInbox;
import org.undersigned.server.http.Answers;
import org.undersigned.server.http.Assets;
import org.undersigned.server.http.Problem;
import org.undersigned.server.register.Register;
import tools.jackson.databind.json.JsonMapper;

/// The pages' HTTP surface. The language is the address's own `?lang=`, else the browser's; there are no cookies.
public final class PageHandler {
    private static final JsonMapper JSON = new JsonMapper();

    private final CampaignStore campaigns;
    private final Boxes boxes;
    private final Register register;
    private final Assets assets;
    private final URI publicUrl;
    private final @Nullable DemoInbox inbox;
    private final Clock clock;
    private final Renderer renderer = new Renderer();
    private final Map<String, Messages> messages = Map.of("en", new Messages("en"), "es", new Messages("es"));

    /// @param inbox the demonstration's, or null
    public PageHandler(
            CampaignStore campaigns,
            Boxes boxes,
            Register register,
            Assets assets,
            URI publicUrl,
            @Nullable DemoInbox inbox,
            Clock clock) {
        this.campaigns = campaigns;
        this.boxes = boxes;
        this.register = register;
        this.assets = assets;
        this.publicUrl = publicUrl;
        this.inbox = inbox;
        this.clock = clock;
    }

    /// `GET /`: the campaign, when there is one.
    public void home(ServerRequest request, ServerResponse response) {
        var all = campaigns.all();
        if (all.size() == 1) {
            campaign(request, response, all.getFirst());
        } else {
            send(request, response, "home", Map.of("campaigns", all));
        }
    }

    /// `GET /k/{campaign}`
    public void campaign(ServerRequest request, ServerResponse response) {
        var slug = request.path().pathParameters().get("campaign");
        campaign(
                request,
                response,
                campaigns.all().stream()
                        .filter(one -> one.slug().equals(slug))
                        .findFirst()
                        .orElseThrow(PageHandler::noSuchPage));
    }

    private void campaign(ServerRequest request, ServerResponse response, Campaign campaign) {
        var view = new CampaignPage(campaign, counts(campaign.petitions()));
        send(request, response, "campaign", Map.of("view", view));
    }

    /// `GET /c/{campus}`
    public void campus(ServerRequest request, ServerResponse response) {
        var id = request.path().pathParameters().get("campus");
        for (var campaign : campaigns.all()) {
            var campus = campaign.campus(id);
            if (campus.isEmpty()) continue;
            var view = new CampusPage(campaign, campus.get(), counts(campaign.petitionsOf(id)));
            send(request, response, "campus", Map.of("view", view));
            return;
        }
        throw noSuchPage();
    }

    /// `GET /p/{petition}`
    public void petition(ServerRequest request, ServerResponse response) {
        send(request, response, "petition", Map.of("view", found(request, response)));
    }

    /// `GET /p/{petition}/text.json`: the bytes whose SHA-256 the manifest names.
    public void text(ServerRequest request, ServerResponse response) {
        var view = found(request, response);
        response.header(HeaderNames.CONTENT_TYPE, "application/json")
                .header(HeaderNames.CACHE_CONTROL, "no-cache")
                .send(PetitionText.of(view.campaign(), view.petition()));
    }

    /// `GET /p/{petition}/sign`
    public void sign(ServerRequest request, ServerResponse response) {
        var view = found(request, response);
        if (view.counted() == null) throw noSuchPage();
        var manifest = manifest(view.petition()).orElseThrow();
        var values = Map.<String, Object>of(
                "view", view, "counted", view.counted(), "affiliations", String.join(",", manifest.affiliations()));
        send(request, response, "sign", values);
    }

    /// `GET /p/{petition}/record`
    public void record(ServerRequest request, ServerResponse response) {
        var view = found(request, response);
        var manifest = manifest(view.petition()).orElseThrow(PageHandler::noSuchPage);
        var published = boxes.published(manifest.box()).orElseThrow(PageHandler::noSuchPage);
        var record = new RecordPage(
                view.petition(),
                counted(published),
                manifest.affiliations(),
                published.note(),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(manifest.leaf())),
                register.key().registerVerifier().vkey(),
                publicUrl + view.petition().path());
        send(request, response, "record", Map.of("view", record));
    }

    /// `GET /mine`
    public void mine(ServerRequest request, ServerResponse response) {
        send(request, response, "mine", Map.of());
    }

    /// `GET /privacy`
    public void privacy(ServerRequest request, ServerResponse response) {
        send(request, response, "privacy", Map.of());
    }

    /// `GET /demo/inbox`
    public void inbox(ServerRequest request, ServerResponse response) {
        if (inbox == null) throw noSuchPage();
        send(request, response, "inbox", Map.of("mails", inbox.newest()));
    }

    /// `GET /demo/inbox.json?to=ADDRESS`
    public void inboxJson(ServerRequest request, ServerResponse response) {
        if (inbox == null) throw noSuchPage();
        var to = request.query().first("to").orElseThrow(() -> Problem.malformed("to", "Say whose mail: ?to=ADDRESS"));
        response.header(HeaderNames.CONTENT_TYPE, "application/json")
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .send(JSON.writeValueAsBytes(inbox.to(to)));
    }

    /// The page for a person who went where nothing is.
    public void problem(ServerRequest request, ServerResponse response, Problem problem) {
        response.status(Status.create(problem.status()));
        send(request, response, "error", Map.of());
    }

    private PetitionPage found(ServerRequest request, ServerResponse response) {
        var slug = request.path().pathParameters().get("petition");
        for (var campaign : campaigns.all()) {
            var petition = campaign.petition(slug);
            if (petition.isEmpty()) continue;
            var campus = campaign.campus(petition.get().campus()).orElseThrow();
            manifest(petition.get())
                    .ifPresent(manifest -> response.header(
                            "Link", "</log/box/" + manifest.box().value() + "/>; rel=\"undersigned-record\""));
            return new PetitionPage(
                    campaign, petition.get(), campus, counted(petition.get()).orElse(null));
        }
        throw noSuchPage();
    }

    private Map<String, Counted> counts(List<Campaign.Petition> petitions) {
        var counts = new HashMap<String, Counted>();
        for (var petition : petitions) counted(petition).ifPresent(found -> counts.put(petition.slug(), found));
        return counts;
    }

    private Optional<Counted> counted(Campaign.Petition petition) {
        return manifest(petition)
                .flatMap(manifest -> boxes.published(manifest.box()))
                .map(this::counted);
    }

    private Counted counted(Boxes.Published published) {
        var manifest = published.manifest();
        return new Counted(
                manifest.box().value(),
                published.size(),
                manifest.isOpenAt(clock.instant()),
                manifest.closes(),
                published.counts());
    }

    /// The newest box of the petition.
    private Optional<Manifest> manifest(Campaign.Petition petition) {
        return register.manifests().stream()
                .filter(manifest -> manifest.subject().path().equals(petition.path()))
                .reduce((_, newer) -> newer);
    }

    private static Problem noSuchPage() {
        return Problem.notFound("There is no such page.");
    }

    private void send(ServerRequest request, ServerResponse response, String template, Map<String, Object> values) {
        var chosen = request.query().first("lang").filter(Messages.LANGUAGES::contains);
        var language = chosen.orElseGet(() -> accepted(request));
        var page = new Page(
                language,
                chosen.isPresent(),
                request.path().path(),
                publicUrl.toString(),
                inbox != null,
                messages.getOrDefault(language, new Messages("en")),
                assets::url);
        var html = renderer.draw(template, page, values).getBytes(StandardCharsets.UTF_8);
        response.header(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8")
                .header(HeaderNames.CONTENT_LANGUAGE, language)
                .header(HeaderNames.VARY, "Accept-Language, Accept-Encoding")
                .header(HeaderNames.CACHE_CONTROL, "no-cache");
        Answers.send(request, response, html);
    }

    /// The first of our languages in the browser's list; browsers list them in order of preference.
    private static String accepted(ServerRequest request) {
        return request.headers().first(HeaderNames.ACCEPT_LANGUAGE).stream()
                .flatMap(list -> List.of(list.split(",", 20)).stream())
                .map(range -> range.strip().split("[-;]", 2)[0])
                .filter(Messages.LANGUAGES::contains)
                .findFirst()
                .orElse("en");
    }
}
