package org.undersigned.server.site;

import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;
import java.util.function.BiFunction;
import org.undersigned.server.content.action.Action;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.CampaignStore.StoredCampaign;
import org.undersigned.server.content.letter.LetterDrive;
import org.undersigned.server.site.Snapshot.Found;

/// Looks up what the path of a request names: `{campaign}`, `{campus}`, `{petition}`, `{action}` or `{letter}`.
public final class RequestedContent {
    private RequestedContent() {}

    public static Optional<StoredCampaign> campaign(ServerRequest request, Snapshot shown) {
        return shown.stored(parameter(request, "campaign"));
    }

    /// The campus, in the first campaign that has it.
    public static Optional<Found<Campaign.Campus>> campus(ServerRequest request, Snapshot shown) {
        return find(request, shown, "campus", Campaign::campus);
    }

    public static Optional<Found<Campaign.Petition>> petition(ServerRequest request, Snapshot shown) {
        return find(request, shown, "petition", Campaign::petition);
    }

    public static Optional<Found<Action>> action(ServerRequest request, Snapshot shown) {
        return find(request, shown, "action", Campaign::action);
    }

    public static Optional<Found<LetterDrive>> letter(ServerRequest request, Snapshot shown) {
        return find(request, shown, "letter", Campaign::letter);
    }

    private static <T> Optional<Found<T>> find(
            ServerRequest request, Snapshot shown, String name, BiFunction<Campaign, String, Optional<T>> in) {
        var id = parameter(request, name);
        return shown.find(campaign -> in.apply(campaign, id));
    }

    /// The part of the path that the route calls `name`.
    public static String parameter(ServerRequest request, String name) {
        return request.path().pathParameters().get(name);
    }
}
