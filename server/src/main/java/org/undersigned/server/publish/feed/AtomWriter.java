package org.undersigned.server.publish.feed;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Writes Atom (RFC 4287).
final class AtomWriter {
    private static final String NAMESPACE = "http://www.w3.org/2005/Atom";
    private static final XMLOutputFactory XML = XMLOutputFactory.newDefaultFactory();

    /// Characters that an XML 1.0 document cannot contain, even escaped (XML 1.0 §2.2).
    private static final Pattern UNWRITABLE =
            Pattern.compile("[^\\t\\n\\r\\x20-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

    private final XMLStreamWriter xml;

    private AtomWriter(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /// @return a file of media type `application/atom+xml`
    static byte[] write(Feed feed) {
        var out = new StringWriter();
        try {
            new AtomWriter(XML.createXMLStreamWriter(out)).feed(feed);
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e); // a StringWriter never throws
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void feed(Feed feed) throws XMLStreamException {
        xml.writeStartDocument("utf-8", "1.0");
        xml.setDefaultNamespace(NAMESPACE);
        xml.writeStartElement(NAMESPACE, "feed");
        xml.writeDefaultNamespace(NAMESPACE);
        xml.writeAttribute("xml", "http://www.w3.org/XML/1998/namespace", "lang", feed.language());
        element("id", feed.id());
        element("title", feed.title());
        element("subtitle", feed.subtitle());
        element("updated", moment(feed.updated()));
        for (var author : feed.authors()) author(author);
        link("self", "application/atom+xml", feed.self());
        link("alternate", "text/html", feed.page());
        element("generator", "Undersigned");
        for (var entry : feed.entries()) entry(entry);
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    /// Returns the time with milliseconds at most, because some readers interpret every fraction as milliseconds.
    private static String moment(Instant moment) {
        return moment.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private void entry(Feed.Entry entry) throws XMLStreamException {
        xml.writeStartElement(NAMESPACE, "entry");
        element("id", entry.id());
        element("title", entry.title());
        element("published", moment(entry.published()));
        element("updated", moment(entry.updated()));
        author(entry.author());
        link("alternate", "text/html", entry.page());
        for (var category : entry.categories()) {
            xml.writeEmptyElement(NAMESPACE, "category");
            attribute("term", category.term());
            attribute("label", category.label());
        }
        xml.writeStartElement(NAMESPACE, "content");
        attribute("type", "html");
        xml.writeCharacters(writable(entry.html()));
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private void author(String name) throws XMLStreamException {
        xml.writeStartElement(NAMESPACE, "author");
        element("name", name);
        xml.writeEndElement();
    }

    private void link(String relation, String type, String address) throws XMLStreamException {
        xml.writeEmptyElement(NAMESPACE, "link");
        attribute("rel", relation);
        attribute("type", type);
        attribute("href", address);
    }

    private void element(String name, String text) throws XMLStreamException {
        xml.writeStartElement(NAMESPACE, name);
        xml.writeCharacters(writable(text));
        xml.writeEndElement();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, writable(value));
    }

    private static String writable(String text) {
        return UNWRITABLE.matcher(text).replaceAll("\uFFFD");
    }
}
