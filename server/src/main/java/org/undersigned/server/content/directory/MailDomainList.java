package org.undersigned.server.content.directory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// Reads a list of mail domains in the format of the university-domains-list project: an array of
/// `{"name": …, "alpha_two_code": "US", "domains": ["tufts.edu"], …}`; other members are ignored. One entry is in
/// memory at a time; for entries of other countries only the form is checked.
final class MailDomainList {
    static final int MAX_ENTRIES = 100_000; // the list has 10,000
    static final int MAX_DOMAINS = 50; // per entry; the largest entry of the list has 5

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(4_000)
                    .maxNameLength(200)
                    .maxNestingDepth(10)
                    .build())
            .build();

    /// The name of one institution in the list, and the mail domains of its members.
    record Listed(String name, Set<MailDomain> domains) {}

    /// The number of all entries, and the number of entries of the country that is imported.
    record Read(int entries, int ofCountry) {}

    private final DecodedFile text;
    private final JsonParser json;
    private final String country;
    private final ImportWarnings warnings;

    private MailDomainList(DecodedFile text, JsonParser json, String country, ImportWarnings warnings) {
        this.text = text;
        this.json = json;
        this.country = country;
        this.warnings = warnings;
    }

    /// Passes every entry of the United States to `each`.
    ///
    /// @throws ImportFailure if the list is wrong, with the position; the caller must then discard the entries
    ///     passed before
    static Read read(Path path, ImportWarnings warnings, Consumer<Listed> each) {
        var text = DecodedFile.examine(path);
        if (text.charset() == DecodedFile.WINDOWS_1252) {
            throw new ImportFailure(text.name(), "is not UTF-8, but JSON must be UTF-8 (RFC 8259 §8.1)");
        }
        try (var reader = text.open();
                var json = JSON.createParser(ObjectReadContext.empty(), reader)) {
            return new MailDomainList(text, json, "US", warnings).readAll(each);
        } catch (IOException e) {
            throw new ImportFailure(text.name(), "cannot be read: " + e.getMessage());
        }
    }

    private Read readAll(Consumer<Listed> each) {
        try {
            return readList(each);
        } catch (JacksonException e) {
            var known = e.getLocation(); // a text that is too long has no location
            var position = position(known == null ? json.currentLocation() : known);
            throw new ImportFailure(text.name(), position, "not JSON: " + firstLine(e));
        }
    }

    private Read readList(Consumer<Listed> each) {
        if (json.nextToken() != JsonToken.START_ARRAY) throw wrong("the list does not begin with [");
        var entries = 0;
        var ofCountry = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (++entries > MAX_ENTRIES) throw wrong("there are more than " + MAX_ENTRIES + " entries");
            var listed = entry();
            if (listed == null) continue;
            ofCountry++;
            each.accept(listed);
        }
        if (json.nextToken() != null) throw wrong("something follows the list");
        if (ofCountry == 0) throw new ImportFailure(text.name(), "has no entry for the country " + country);
        return new Read(entries, ofCountry);
    }

    /// A domain as written, and its position; it is checked only if the entry is of the imported country.
    private record Written(String domain, TextPosition position) {}

    private @Nullable Listed entry() {
        if (json.currentToken() != JsonToken.START_OBJECT) throw wrong("an entry is not an object");
        var begins = position(json.currentTokenLocation());
        var missing = new HashSet<>(List.of("name", "alpha_two_code", "domains"));
        var name = "";
        var code = "";
        List<Written> domains = List.of();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            var member = json.currentName();
            missing.remove(member);
            json.nextToken();
            switch (member) {
                case "name" -> name = string(member);
                case "alpha_two_code" -> code = string(member);
                case "domains" -> domains = domains();
                default -> json.skipChildren();
            }
        }
        if (!missing.isEmpty()) {
            throw new ImportFailure(
                    text.name(), begins, "this entry lacks " + String.join(", ", new TreeSet<>(missing)));
        }
        if (!code.toUpperCase(Locale.ROOT).equals(country)) return null;
        return new Listed(name, owned(domains));
    }

    private List<Written> domains() {
        if (json.currentToken() != JsonToken.START_ARRAY) throw wrong("domains is not a list");
        var domains = new ArrayList<Written>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (domains.size() == MAX_DOMAINS) throw wrong("domains has more than " + MAX_DOMAINS);
            domains.add(new Written(string("domains"), position(json.currentTokenLocation())));
        }
        return domains;
    }

    private Set<MailDomain> owned(List<Written> written) {
        var owned = new TreeSet<MailDomain>();
        for (var one : written) {
            var plain = MailDomain.plain(one.domain());
            var how = "domains: " + ImportFailure.shown(one.domain());
            if (!MailDomain.isWellFormed(plain))
                throw new ImportFailure(text.name(), one.position(), how + " is not a domain name");
            if (MailDomain.isSuffix(plain)) {
                warnings.add(new ImportFailure(
                        text.name(), one.position(), how + " is left out: anyone can register a name under it"));
                continue;
            }
            var domain = new MailDomain(plain);
            if (domain.isOfAlumni()) {
                warnings.add(new ImportFailure(
                        text.name(), one.position(), how + " is left out: it is for people who left the campus"));
            } else owned.add(domain);
        }
        return owned;
    }

    private String string(String member) {
        if (json.currentToken() != JsonToken.VALUE_STRING) throw wrong(member + " is not a text");
        var value = json.getString();
        if (value.isBlank()) throw wrong(member + " is empty");
        return value;
    }

    private ImportFailure wrong(String how) {
        return new ImportFailure(text.name(), position(json.currentTokenLocation()), how);
    }

    private static TextPosition position(TokenStreamLocation at) {
        return new TextPosition(at.getLineNr(), Math.max(1, at.getColumnNr())); // 0 in an empty file
    }

    private static String firstLine(JacksonException e) {
        return e.getOriginalMessage().lines().findFirst().orElse("no message");
    }
}
