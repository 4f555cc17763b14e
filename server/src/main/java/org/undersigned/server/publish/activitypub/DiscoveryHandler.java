package org.undersigned.server.publish.activitypub;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Locale;
import org.undersigned.server.platform.http.CachePolicy;
import org.undersigned.server.platform.http.Problem;
import org.undersigned.server.platform.http.Representation;
import org.undersigned.server.site.PageResponder;

/// Serves the documents by which other servers find the actors here: WebFinger (RFC 7033) and NodeInfo 2.1. Every
/// method responds with 404 if the operator has turned following off.
public final class DiscoveryHandler {
    private static final Representation WEBFINGER = Representation.of(
                    "application/jrd+json; charset=utf-8", CachePolicy.REVALIDATE)
            .openToEverybody();
    private static final Representation JSON =
            Representation.of("application/json", CachePolicy.REVALIDATE).openToEverybody();
    private static final Representation NODEINFO = Representation.of(
                    "application/json; profile=\"http://nodeinfo.diaspora.software/ns/schema/2.1#\"",
                    CachePolicy.REVALIDATE)
            .openToEverybody();

    private static final int LONGEST_RESOURCE = 300;

    private final boolean enabled;
    private final PageResponder pages;
    private final ActorUrls urls;

    DiscoveryHandler(boolean enabled, PageResponder pages, ActorUrls urls) {
        this.enabled = enabled;
        this.pages = pages;
        this.urls = urls;
    }

    /// `GET /.well-known/webfinger?resource=acct:CAMPAIGN@HOST`, or with the URL of an actor or its page
    public void webfinger(ServerRequest request, ServerResponse response) {
        check();
        var resource = request.query().first("resource").orElse("");
        // RFC 7033 §4.2: the resource must be a URI.
        if (resource.length() > LONGEST_RESOURCE || !resource.matches("[A-Za-z][A-Za-z0-9+.-]*:.+")) {
            throw Problem.malformed("resource", "Add the parameter ?resource=acct:CAMPAIGN@HOST.");
        }
        var user = user(resource);
        pages.publish(request, response, WEBFINGER, user, (shown, _) -> {
            if (user.equals(urls.host())) return finger("", user, urls.base() + "/");
            return shown.campaign(user)
                    .map(campaign -> finger(user, user, urls.base() + "/k/" + user))
                    .orElse(null);
        });
    }

    /// Returns the user name in a resource: a campaign's slug, or the host for the instance; empty if the resource
    /// is not of this instance.
    private String user(String resource) {
        if (resource.equals(urls.actor("")) || resource.equals(urls.base() + "/")) return urls.host();
        var pages = urls.base() + "/k/";
        if (resource.startsWith(pages)) return resource.substring(pages.length());
        var text = resource.toLowerCase(Locale.ROOT);
        var ending = "@" + urls.host().toLowerCase(Locale.ROOT);
        if (text.startsWith("acct:") && text.endsWith(ending)) {
            return text.substring("acct:".length(), text.length() - ending.length());
        }
        return urls.slug(resource).orElse("");
    }

    private byte[] finger(String slug, String user, String page) {
        var json = BoundedJson.object();
        json.put("subject", "acct:" + user + "@" + urls.host());
        json.putArray("aliases").add(urls.actor(slug)).add(page);
        var links = json.putArray("links");
        links.addObject().put("rel", "self").put("type", SignedClient.TYPE).put("href", urls.actor(slug));
        links.addObject()
                .put("rel", "http://webfinger.net/rel/profile-page")
                .put("type", "text/html")
                .put("href", page);
        return BoundedJson.bytes(json);
    }

    /// `GET /.well-known/nodeinfo`
    public void nodeinfoLinks(ServerRequest request, ServerResponse response) {
        check();
        pages.publish(request, response, JSON, "", (_, _) -> {
            var json = BoundedJson.object();
            json.putArray("links")
                    .addObject()
                    .put("rel", "http://nodeinfo.diaspora.software/ns/schema/2.1")
                    .put("href", urls.base() + "/nodeinfo/2.1");
            return BoundedJson.bytes(json);
        });
    }

    /// `GET /nodeinfo/2.1`: the number of campaigns, without a count of followers.
    public void nodeinfo(ServerRequest request, ServerResponse response) {
        check();
        pages.publish(request, response, NODEINFO, "", (shown, page) -> {
            var version = DiscoveryHandler.class.getPackage().getImplementationVersion();
            var json = BoundedJson.object().put("version", "2.1");
            var software = json.putObject("software").put("name", "undersigned");
            software.put("version", version == null ? "0" : version);
            if (page.program() != null)
                software.put("repository", page.program().toString());
            json.putArray("protocols").add("activitypub");
            var services = json.putObject("services");
            services.putArray("inbound");
            services.putArray("outbound");
            json.put("openRegistrations", false);
            json.putObject("usage")
                    .putObject("users")
                    .put("total", shown.campaigns().size());
            json.putObject("metadata");
            return BoundedJson.bytes(json);
        });
    }

    private void check() {
        if (!enabled) throw PageResponder.noSuchPage();
    }
}
