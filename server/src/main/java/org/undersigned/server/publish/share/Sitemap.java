package org.undersigned.server.publish.share;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.action.Action;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.content.letter.LetterDrive;
import org.undersigned.server.site.BoxCounts;
import org.undersigned.server.site.Messages;
import org.undersigned.server.site.Snapshot;

/// Every page that search engines may list, with the address of each language (sitemaps.org protocol 0.9; the
/// `xhtml:link` elements are Google's, "Tell Google about localized versions of your page").
///
/// @param pages time of the last change by path, or null if the page changes with the program only
record Sitemap(Map<String, @Nullable Instant> pages) {
    /// Pages in one file: with three addresses each, below the 50,000 addresses that the protocol allows.
    static final int MOST = 16_000;

    private static final String NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9";

    static Sitemap of(Snapshot shown) {
        var pages = new LinkedHashMap<String, @Nullable Instant>();
        // With one campaign, the start page is that campaign's page, which has its own address.
        if (shown.campaigns().size() != 1) pages.put("/", null);
        pages.put("/privacy", null);
        pages.put("/campuses", null);
        pages.put("/api", null);
        for (var stored : shown.allStored()) add(stored, shown, pages);
        return new Sitemap(pages);
    }

    /// Adds the pages of a campaign. A page that two campaigns share shows the first of them, so the date of the
    /// first stays.
    private static void add(CampaignStore.StoredCampaign stored, Snapshot shown, Map<String, @Nullable Instant> to) {
        var campaign = stored.campaign();
        var home = "/k/" + campaign.slug();
        var counted = latest(stored.changed(), shown, campaign.countablePaths());
        Stream.of("", "/actions", "/press", "/data") // these pages show counts
                .forEach(part -> to.putIfAbsent(home + part, counted));
        Stream.of("/answers", "/coverage").forEach(part -> to.putIfAbsent(home + part, stored.changed()));
        for (var campus : campaign.campuses()) {
            var petitions = campaign.petitionsOf(campus.id()).stream().map(Campaign.Petition::path);
            var actions = campaign.actionsOf(campus.id()).stream().map(Action::path);
            to.putIfAbsent("/c/" + campus.id(), latest(stored.changed(), shown, Stream.concat(petitions, actions)));
        }
        Stream.of(
                        campaign.petitions().stream().map(Campaign.Petition::path),
                        campaign.actions().stream().map(Action::path),
                        campaign.letters().stream().map(LetterDrive::path))
                .flatMap(paths -> paths)
                .forEach(path -> addCounted(path, stored.changed(), shown, to));
    }

    private static void addCounted(String path, Instant changed, Snapshot shown, Map<String, @Nullable Instant> to) {
        if (to.containsKey(path)) return;
        var counted = shown.counted(path);
        var newest = counted == null ? null : counted.newest();
        to.put(path, latest(changed, shown, Stream.of(path)));
        if (counted != null) to.put(path + "/record", newest == null ? changed : newest);
    }

    /// When the document or one of these counts last changed.
    private static Instant latest(Instant changed, Snapshot shown, Stream<String> paths) {
        return paths.map(shown::counted)
                .filter(Objects::nonNull)
                .map(BoxCounts::newest)
                .filter(Objects::nonNull)
                .filter(newest -> newest.isAfter(changed))
                .max(Instant::compareTo)
                .orElse(changed);
    }

    int parts(int most) {
        return Math.max(1, (pages.size() + most - 1) / most);
    }

    /// Returns the file, or an index of its parts if it would be too large.
    ///
    /// @param most pages in one file
    byte[] write(String publicUrl, int most) {
        var parts = parts(most);
        return parts == 1 ? part(publicUrl, 1, most) : index(publicUrl, parts);
    }

    /// @param part counted from 1
    byte[] part(String publicUrl, int part, int most) {
        return xml("urlset", xml -> {
            xml.writeNamespace("xhtml", "http://www.w3.org/1999/xhtml");
            var some = pages.entrySet().stream()
                    .skip((part - 1L) * most)
                    .limit(most)
                    .toList();
            for (var page : some) {
                var address = publicUrl + page.getKey();
                url(xml, address, address, page.getValue());
                for (var language : languages()) url(xml, address + "?lang=" + language, address, page.getValue());
            }
        });
    }

    private static byte[] index(String publicUrl, int parts) {
        return xml("sitemapindex", xml -> {
            for (var part = 1; part <= parts; part++) {
                xml.writeStartElement("sitemap");
                text(xml, "loc", publicUrl + "/sitemap.xml?part=" + part);
                xml.writeEndElement();
            }
        });
    }

    private static List<String> languages() {
        return Messages.LANGUAGES.stream().sorted().toList();
    }

    private static void url(XMLStreamWriter xml, String address, String page, @Nullable Instant changed)
            throws XMLStreamException {
        xml.writeStartElement("url");
        text(xml, "loc", address);
        if (changed != null) text(xml, "lastmod", changed.toString());
        for (var language : languages()) alternate(xml, language, page + "?lang=" + language);
        alternate(xml, "x-default", page);
        xml.writeEndElement();
    }

    private static void alternate(XMLStreamWriter xml, String language, String address) throws XMLStreamException {
        xml.writeEmptyElement("xhtml:link");
        xml.writeAttribute("rel", "alternate");
        xml.writeAttribute("hreflang", language);
        xml.writeAttribute("href", address);
    }

    private static void text(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private interface Content {
        void write(XMLStreamWriter to) throws XMLStreamException;
    }

    private static byte[] xml(String root, Content content) {
        var out = new ByteArrayOutputStream();
        try {
            var xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement(root);
            xml.writeDefaultNamespace(NAMESPACE);
            content.write(xml);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e); // cannot happen: the output is in memory
        }
        return out.toByteArray();
    }
}
