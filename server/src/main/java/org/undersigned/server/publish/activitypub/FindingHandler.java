package org.undersigned.server.publish.activitypub;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Locale;
import org.undersigned.server.platform.http.Caching;
import org.undersigned.server.platform.http.Kind;
import org.undersigned.server.platform.http.Problem;
import org.undersigned.server.site.PageHandler;

/// How other servers find out who is here: WebFinger (RFC 7033) and NodeInfo 2.1. Answers 404 where the operator has
/// turned following off.
public final class FindingHandler {
    private static final Kind WEBFINGER =
            Kind.of("application/jrd+json; charset=utf-8", Caching.ASK).openToEverybody();
    private static final Kind JSON = Kind.of("application/json", Caching.ASK).openToEverybody();
    private static final Kind NODEINFO = Kind.of(
                    "application/json; profile=\"http://nodeinfo.diaspora.software/ns/schema/2.1#\"", Caching.ASK)
            .openToEverybody();

    private static final int LONGEST_RESOURCE = 300;

    private final boolean enabled;
    private final PageHandler pages;
    private final Addresses addresses;

    FindingHandler(boolean enabled, PageHandler pages, Addresses addresses) {
        this.enabled = enabled;
        this.pages = pages;
        this.addresses = addresses;
    }

    /// `GET /.well-known/webfinger?resource=acct:CAMPAIGN@HOST`, or with the address of an actor or its page
    public void webfinger(ServerRequest request, ServerResponse response) {
        check();
        var resource = request.query().first("resource").orElse("");
        // RFC 7033 §4.2: what is no URI is no question.
        if (resource.length() > LONGEST_RESOURCE || !resource.matches("[A-Za-z][A-Za-z0-9+.-]*:.+")) {
            throw Problem.malformed("resource", "Say whose: ?resource=acct:CAMPAIGN@HOST");
        }
        var user = user(resource);
        pages.publish(request, response, WEBFINGER, user, (shown, _) -> {
            if (user.equals(addresses.host())) return finger("", user, addresses.base() + "/");
            return shown.campaign(user)
                    .map(campaign -> finger(user, user, addresses.base() + "/k/" + user))
                    .orElse(null);
        });
    }

    /// Whose a resource is; empty if nobody's here.
    private String user(String resource) {
        if (resource.equals(addresses.actor("")) || resource.equals(addresses.base() + "/")) return addresses.host();
        var pages = addresses.base() + "/k/";
        if (resource.startsWith(pages)) return resource.substring(pages.length());
        var text = resource.toLowerCase(Locale.ROOT);
        var ending = "@" + addresses.host().toLowerCase(Locale.ROOT);
        if (text.startsWith("acct:") && text.endsWith(ending)) {
            return text.substring("acct:".length(), text.length() - ending.length());
        }
        return addresses.slug(resource).orElse("");
    }

    private byte[] finger(String slug, String user, String page) {
        var json = Json.object();
        json.put("subject", "acct:" + user + "@" + addresses.host());
        json.putArray("aliases").add(addresses.actor(slug)).add(page);
        var links = json.putArray("links");
        links.addObject().put("rel", "self").put("type", Post.TYPE).put("href", addresses.actor(slug));
        links.addObject()
                .put("rel", "http://webfinger.net/rel/profile-page")
                .put("type", "text/html")
                .put("href", page);
        return Json.bytes(json);
    }

    /// `GET /.well-known/nodeinfo`
    public void nodeinfoLinks(ServerRequest request, ServerResponse response) {
        check();
        pages.publish(request, response, JSON, "", (_, _) -> {
            var json = Json.object();
            json.putArray("links")
                    .addObject()
                    .put("rel", "http://nodeinfo.diaspora.software/ns/schema/2.1")
                    .put("href", addresses.base() + "/nodeinfo/2.1");
            return Json.bytes(json);
        });
    }

    /// `GET /nodeinfo/2.1`: what is here to follow, no count of who does.
    public void nodeinfo(ServerRequest request, ServerResponse response) {
        check();
        pages.publish(request, response, NODEINFO, "", (shown, page) -> {
            var version = FindingHandler.class.getPackage().getImplementationVersion();
            var json = Json.object().put("version", "2.1");
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
            return Json.bytes(json);
        });
    }

    private void check() {
        if (!enabled) throw PageHandler.noSuchPage();
    }
}
