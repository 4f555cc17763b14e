package org.undersigned.server.content.document;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the members of one object of a document. The caller reads each by name and type; [#end] rejects all
/// others. Every error is an [InvalidDocument] at the place of the wrong value.
public final class ObjectReader {
    private static final Pattern SLUG = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final int MAX_SLUG = 60;
    private static final int BOM = 0xFEFF;
    private static final String AROUND = "^[\\s\\p{Z}\\uFEFF]+|[\\s\\p{Z}\\uFEFF]+$";
    private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

    private final LocatedJson.Object node;
    private final String path;
    private final Set<String> taken = new HashSet<>();

    private ObjectReader(LocatedJson.Object node, String path) {
        this.node = node;
        this.path = path;
    }

    /// Parses a document that consists of one object.
    ///
    /// @param what the object's name in messages
    public static ObjectReader of(String document, String what) {
        return object(LocatedJson.parse(document), what);
    }

    private static ObjectReader object(LocatedJson node, String path) {
        if (node instanceof LocatedJson.Object members) return new ObjectReader(members, path);
        throw new InvalidDocument(node.line(), node.column(), path + " is not an object");
    }

    /// An error at the member `name`, or at this object if it has no such member.
    public InvalidDocument wrong(String name, String how) {
        return at(node.members().getOrDefault(name, node), path(name) + " " + how);
    }

    private static InvalidDocument at(LocatedJson node, String what) {
        return new InvalidDocument(node.line(), node.column(), what);
    }

    private String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /// The value, or null if it is null or absent.
    private @Nullable LocatedJson find(String name) {
        taken.add(name);
        var value = node.members().get(name);
        return value instanceof LocatedJson.Null ? null : value;
    }

    private LocatedJson need(String name) {
        var value = find(name);
        if (value == null) throw wrong(name, node.members().containsKey(name) ? "is null" : "is missing");
        return value;
    }

    public boolean has(String name) {
        return find(name) != null;
    }

    public @Nullable String textOrNull(String name) {
        return find(name) == null ? null : text(name);
    }

    /// A text that is not blank, exactly as it is written. Allows only characters that XML allows, because feeds and
    /// papers contain these texts, and no byte order mark.
    public String text(String name) {
        return text(need(name), path(name));
    }

    private static String text(LocatedJson value, String path) {
        if (!(value instanceof LocatedJson.Text words) || words.value().isBlank())
            throw at(value, path + " is not a text");
        requireText(value, path, words.value());
        return words.value();
    }

    private static void requireText(LocatedJson value, String path, String text) {
        var odd = text.codePoints().filter(c -> !isText(c)).findFirst();
        if (odd.isPresent()) {
            var how = String.format(Locale.ROOT, " contains U+%04X, which is not allowed in a text", odd.getAsInt());
            throw at(value, path + how);
        }
    }

    /// A text in one form: without blanks and byte order marks around it, and with a line feed at the end of each line.
    private String tidy(String name) {
        var value = need(name);
        var words = value instanceof LocatedJson.Text text ? text.value() : "";
        var tidy = words.replace("\r\n", "\n").replace('\r', '\n').replaceAll(AROUND, "");
        if (tidy.isEmpty()) throw at(value, path(name) + " is not a text");
        requireText(value, path(name), tidy);
        return tidy;
    }

    /// Allows the characters of XML 1.0 §2.2, without the C1 control characters.
    private static boolean isText(int c) {
        if (c == '\t' || c == '\n' || c == '\r') return true;
        return !Character.isISOControl(c) && !(c >= 0xD800 && c <= 0xDFFF) && c != 0xFFFE && c != 0xFFFF && c != BOM;
    }

    /// Lower-case words with hyphens, at most 60 characters: part of an address.
    public String slug(String name) {
        var value = text(name);
        if (value.length() > MAX_SLUG || !SLUG.matcher(value).matches()) {
            throw wrong(name, "is not lower-case words with hyphens, at most " + MAX_SLUG + " characters");
        }
        return value;
    }

    /// One of `known`; the message lists them.
    public String oneOf(String name, Collection<String> known) {
        var value = text(name);
        if (!known.contains(value)) throw wrong(name, "is not one of " + String.join(", ", known));
        return value;
    }

    /// A constant of an enum, written in lower case with hyphens.
    public <E extends Enum<E>> E oneOf(String name, E[] constants) {
        var value = text(name);
        var known = new ArrayList<String>();
        for (var constant : constants) {
            var word = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (word.equals(value)) return constant;
            known.add(word);
        }
        throw wrong(name, "is not one of " + String.join(", ", known));
    }

    /// `{"en": …, "es": …}`, each text in one form: without blanks and byte order marks around it, and with a line feed
    /// at the end of each line.
    public LocalizedText localized(String name) {
        var texts = object(need(name), path(name));
        var both = new LocalizedText(texts.tidy("en"), texts.tidy("es"));
        texts.rejectUnreadMembers();
        return both;
    }

    /// Like [#localized], for a title or a name: any blanks and line ends between two words become one blank, as a
    /// browser shows them.
    public LocalizedText localizedLine(String name) {
        var both = localized(name);
        return new LocalizedText(line(both.en()), line(both.es()));
    }

    public @Nullable LocalizedText localizedLineOrNull(String name) {
        return find(name) == null ? null : localizedLine(name);
    }

    private static String line(String text) {
        return text.replaceAll("[\\s\\p{Z}]+", " ");
    }

    public @Nullable LocalizedText localizedOrNull(String name) {
        return find(name) == null ? null : localized(name);
    }

    public @Nullable Long numberOrNull(String name) {
        return find(name) == null ? null : number(name);
    }

    /// A whole number from 0 that is an id.
    public int id(String name) {
        var number = number(name);
        if (number > Integer.MAX_VALUE) throw wrong(name, "is too large");
        return (int) number;
    }

    /// A whole number from 0.
    public long number(String name) {
        if (need(name) instanceof LocatedJson.Number number && number.isWhole() && number.value() >= 0) {
            return (long) number.value();
        }
        throw wrong(name, "is not a whole number");
    }

    /// @return null if the member is absent or null
    public @Nullable Double numberBetweenOrNull(String name, double least, double most) {
        var value = find(name);
        if (value == null) return null;
        if (value instanceof LocatedJson.Number number && number.value() >= least && number.value() <= most) {
            return number.value();
        }
        throw wrong(name, "is not a number from " + least + " to " + most);
    }

    /// False if the member is absent or null.
    public boolean flag(String name) {
        var value = find(name);
        if (value == null) return false;
        if (value instanceof LocatedJson.Bool bool) return bool.value();
        throw wrong(name, "is neither true nor false");
    }

    public LocalDate date(String name) {
        return parsed(name, ObjectReader::fourDigitYear, "a date like 2016-11-16");
    }

    /// Only years of four digits: RFC 3339 allows no others, and the database does not support all of Java's years.
    private static LocalDate fourDigitYear(String text) {
        if (text.length() != "2016-11-16".length()) throw new DateTimeException("another form");
        return LocalDate.parse(text);
    }

    public @Nullable LocalDate dateOrNull(String name) {
        return find(name) == null ? null : date(name);
    }

    /// A month like `2015-08`; null if the member is absent, or if its text is longer (then it is a date or
    /// invalid).
    public @Nullable YearMonth monthOrNull(String name) {
        return find(name) == null || text(name).length() > "2015-08".length()
                ? null
                : parsed(name, YearMonth::parse, "a month like 2015-08");
    }

    public @Nullable LocalTime timeOrNull(String name) {
        return find(name) == null ? null : parsed(name, LocalTime::parse, "a time like 15:00");
    }

    public Instant instant(String name) {
        return parsed(name, ObjectReader::fourDigitMoment, "a moment like 2016-12-19T17:00:00Z");
    }

    /// Only years of four digits, as in [#fourDigitYear].
    private static Instant fourDigitMoment(String text) {
        if (!text.startsWith("-", "2016".length())) throw new DateTimeException("another form");
        return Instant.parse(text);
    }

    /// A zone of the time zone database. A bare offset such as `+05:00` is rejected: calendar programs do not know
    /// it.
    public ZoneId zone(String name) {
        return parsed(name, ObjectReader::region, "a time zone like America/New_York");
    }

    private static ZoneId region(String id) {
        if (!ZONES.contains(id)) throw new DateTimeException("no region");
        return ZoneId.of(id);
    }

    private <T> T parsed(String name, Function<String, T> parse, String like) {
        try {
            return parse.apply(text(name));
        } catch (DateTimeException e) {
            throw wrong(name, "is not " + like);
        }
    }

    /// A list of objects; checks that each is read completely. Empty if the member is absent or null.
    public <T> List<T> list(String name, Function<ObjectReader, T> read) {
        var items = new ArrayList<T>();
        var nodes = items(name);
        for (var i = 0; i < nodes.size(); i++) {
            var item = object(nodes.get(i), path(name) + "[" + i + "]");
            items.add(read.apply(item));
            item.rejectUnreadMembers();
        }
        return List.copyOf(items);
    }

    /// An object; null if the member is absent or null.
    public <T> @Nullable T objectOrNull(String name, Function<ObjectReader, T> read) {
        var value = find(name);
        if (value == null) return null;
        var members = object(value, path(name));
        var object = read.apply(members);
        members.rejectUnreadMembers();
        return object;
    }

    /// A list of texts, each read like [#text]; empty if the member is absent or null.
    public List<String> texts(String name) {
        var texts = new ArrayList<String>();
        for (var item : items(name)) texts.add(text(item, path(name) + "[" + texts.size() + "]"));
        return List.copyOf(texts);
    }

    /// A text that is the id of something defined elsewhere.
    ///
    /// @param ids known ids
    public String reference(String name, Set<String> ids) {
        var value = text(name);
        if (!ids.contains(value)) throw wrong(name, "refers to " + value + ", which is not defined");
        return value;
    }

    public @Nullable String referenceOrNull(String name, Set<String> ids) {
        return find(name) == null ? null : reference(name, ids);
    }

    /// A list of ids of things defined elsewhere; empty if the member is absent or null.
    public List<String> references(String name, Set<String> ids) {
        var texts = texts(name);
        for (var i = 0; i < texts.size(); i++) {
            if (!ids.contains(texts.get(i))) {
                throw at(items(name).get(i), path(name) + " refers to " + texts.get(i) + ", which is not defined");
            }
        }
        return texts;
    }

    /// A list of whole numbers; empty if the member is absent or null.
    public List<Integer> numbers(String name) {
        var numbers = new ArrayList<Integer>();
        for (var item : items(name)) {
            if (!(item instanceof LocatedJson.Number number) || !number.isWhole() || Math.abs(number.value()) > 1e9) {
                throw at(item, path(name) + " contains an item that is not a whole number");
            }
            numbers.add((int) number.value());
        }
        return List.copyOf(numbers);
    }

    private List<LocatedJson> items(String name) {
        var value = find(name);
        if (value == null) return List.of();
        if (value instanceof LocatedJson.Array items) return items.items();
        throw wrong(name, "is not a list");
    }

    /// Rejects members that the caller did not read.
    public void rejectUnreadMembers() {
        for (var name : node.members().keySet()) {
            if (!taken.contains(name)) throw wrong(name, "is not a known member");
        }
    }
}
