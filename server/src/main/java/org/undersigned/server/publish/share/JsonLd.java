package org.undersigned.server.publish.share;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.site.Messages;
import org.undersigned.server.site.PageContext;
import org.undersigned.server.site.PageHead;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Describes a page as JSON-LD with the schema.org vocabulary: the page, its breadcrumbs, its site and publisher,
/// and the entities it is about ([SchemaOrgEntities]). Each entity has the same `@id` in every language.
final class JsonLd {
    private static final JsonMapper JSON = new JsonMapper();

    private JsonLd() {}

    /// A step from the start page to this one.
    record Crumb(String name, String path) {}

    /// @param things entities that the page is about, the main one first
    /// @return JSON without the characters that could end an HTML `script` element
    static String of(PageContext page, PageHead head, List<Crumb> trail, List<ObjectNode> things) {
        var address = page.address(Objects.requireNonNull(head.canonical()));
        var graph = JsonNodeFactory.instance.arrayNode();
        graph.add(publisher(page)).add(site(page)).add(page(page, head, address, things));
        if (trail.size() > 1) graph.add(breadcrumbs(page, address, trail));
        things.forEach(graph::add);
        var all = JsonNodeFactory.instance.objectNode();
        all.put("@context", "https://schema.org").set("@graph", graph);
        return safe(JSON.writeValueAsString(all));
    }

    /// In JSON these characters occur only inside strings, where an escape means the same (HTML, "Restrictions for
    /// contents of script elements"; U+2028 and U+2029 for readers that parse JSON as JavaScript).
    private static String safe(String json) {
        return json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    static ObjectNode node(String type) {
        return JsonNodeFactory.instance.objectNode().put("@type", type);
    }

    /// An entity with its own address, which is the same in every language.
    ///
    /// @param fragment distinguishes the entity from the page
    static ObjectNode node(PageContext page, String type, String path, String fragment) {
        return node(type).put("@id", page.publicUrl() + path + "#" + fragment);
    }

    static ObjectNode reference(String id) {
        return JsonNodeFactory.instance.objectNode().put("@id", id);
    }

    private static ObjectNode publisher(PageContext page) {
        var publisher = node(page, "Organization", "/", "publisher")
                .put(
                        "name",
                        page.t("site") + ", " + URI.create(page.publicUrl()).getAuthority())
                .put("url", page.publicUrl() + "/");
        publisher.set("logo", picture(page.publicUrl() + "/icon.png", CardRenderer.ICON, CardRenderer.ICON, null));
        return publisher;
    }

    private static ObjectNode site(PageContext page) {
        var site = node(page, "WebSite", "/", "site")
                .put("name", page.t("site"))
                .put("url", page.publicUrl() + "/")
                .put("description", page.t("motto"));
        Messages.LANGUAGES.stream().sorted().forEach(site.putArray("inLanguage")::add);
        site.set("publisher", reference(page.publicUrl() + "/#publisher"));
        return site;
    }

    private static ObjectNode page(PageContext page, PageHead head, String address, List<ObjectNode> things) {
        var web = node("WebPage")
                .put("@id", address)
                .put("url", address)
                .put("name", head.title())
                .put("description", head.description())
                .put("inLanguage", page.language());
        web.set("isPartOf", reference(page.publicUrl() + "/#site"));
        web.set("publisher", reference(page.publicUrl() + "/#publisher"));
        var picture = page.address(head.picture(), page.language());
        web.set("primaryImageOfPage", picture(picture, CardRenderer.WIDTH, CardRenderer.HEIGHT, head.pictured()));
        if (!things.isEmpty()) {
            web.set("mainEntity", reference(things.getFirst().get("@id").stringValue()));
        }
        return web;
    }

    /// Width and height have a unit, as schema.org's Distance requires.
    static ObjectNode picture(String address, int width, int height, @Nullable String caption) {
        var picture = node("ImageObject")
                .put("url", address)
                .put("width", width + " px")
                .put("height", height + " px");
        return caption == null ? picture : picture.put("caption", caption);
    }

    private static ObjectNode breadcrumbs(PageContext page, String address, List<Crumb> trail) {
        var list = node("BreadcrumbList").put("@id", address + "#trail");
        var items = list.putArray("itemListElement");
        for (var i = 0; i < trail.size(); i++) {
            items.add(node("ListItem")
                    .put("position", i + 1)
                    .put("name", trail.get(i).name())
                    .put("item", page.address(trail.get(i).path())));
        }
        return list;
    }
}
