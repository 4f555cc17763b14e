package org.undersigned.server.publish.calendar;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summarizingInt;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.ParameterList;
import net.fortuna.ical4j.model.TextList;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.parameter.Language;
import net.fortuna.ical4j.model.parameter.TzId;
import net.fortuna.ical4j.model.parameter.Value;
import net.fortuna.ical4j.model.property.Categories;
import net.fortuna.ical4j.model.property.Color;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.Geo;
import net.fortuna.ical4j.model.property.LastModified;
import net.fortuna.ical4j.model.property.Location;
import net.fortuna.ical4j.model.property.Name;
import net.fortuna.ical4j.model.property.RefreshInterval;
import net.fortuna.ical4j.model.property.Sequence;
import net.fortuna.ical4j.model.property.Source;
import net.fortuna.ical4j.model.property.Status;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.Url;
import net.fortuna.ical4j.model.property.XProperty;
import net.fortuna.ical4j.model.property.immutable.ImmutableCalScale;
import net.fortuna.ical4j.model.property.immutable.ImmutableTransp;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.action.Action;
import org.undersigned.server.content.action.Revision;
import org.undersigned.tlog.Hash;

/// Actions as iCalendar (RFC 5545, RFC 7986). Moments are local, with their zones beside them; an action without a
/// time takes its whole day. A cancelled action stays, with STATUS:CANCELLED, so that a subscribed calendar takes
/// it off.
///
/// A program takes the event with the higher SEQUENCE, and of two equal ones that with the later DTSTAMP (RFC 5546
/// §2.1.5). Both rise whenever a document says something else of it, and only then.
public final class CalendarWriter {
    /// How often to look for changes.
    private static final Duration REFRESH = Duration.ofHours(1);

    private static final String COLOR = "darkgreen"; // of CSS's names, the nearest to this site's
    private static final Pattern LINE_ENDS = Pattern.compile("\\r\\n?");
    private static final Pattern CONTROLS = Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f]");

    private CalendarWriter() {}

    /// What a calendar is called.
    ///
    /// @param page   the address people read
    /// @param source the address of the calendar itself
    /// @param changed when a campaign in it last changed
    public record Head(String name, String page, String source, String language, Instant changed) {}

    /// One action, with what only its campaign knows, in the words of one language.
    ///
    /// @param campaign its slug
    /// @param zone    of its first campus
    /// @param spot    of its first campus, or null
    /// @param address of its page
    public record Entry(
            String campaign,
            Action action,
            String title,
            String location,
            String description,
            List<String> categories,
            ZoneId zone,
            @Nullable Spot spot,
            String address,
            Revision revision) {}

    /// Degrees north and east.
    public record Spot(double latitude, double longitude) {}

    /// @param host the instance's name
    /// @return a file of media type `text/calendar`
    public static byte[] write(Head head, List<Entry> entries, String host) {
        var calendar = new Calendar()
                .withProdId("-//Undersigned//" + host + "//" + head.language().toUpperCase(Locale.ROOT))
                .withProperty(ImmutableVersion.VERSION_2_0)
                .withProperty(ImmutableCalScale.GREGORIAN)
                .withProperty(new Name(clean(head.name())))
                .withProperty(new XProperty("X-WR-CALNAME", clean(head.name()))) // what programs read before RFC 7986
                .withProperty(new Url(URI.create(head.page())))
                .withProperty(new Source(valued(Value.URI), head.source()))
                .withProperty(new Color(new ParameterList(), COLOR))
                .withProperty(new RefreshInterval(valued(Value.DURATION), REFRESH))
                .withProperty(new XProperty("X-PUBLISHED-TTL", REFRESH.toString())) // the same, for Outlook
                .withProperty(new LastModified(head.changed()))
                .getFluentTarget();
        addZones(calendar, entries);
        if (entries.isEmpty())
            calendar.add(VTimeZones.component(ZoneId.of("Etc/UTC"), 2026, 2026)); // §3.6: at least one component
        for (var entry : entries) calendar.add(event(entry, head.language()));
        return LineFolding.fold(calendar.toString());
    }

    private static ParameterList valued(Value value) {
        return new ParameterList(List.of(value));
    }

    /// The zones that events name, each for the years in which it is named.
    private static void addZones(Calendar calendar, List<Entry> entries) {
        var years = entries.stream()
                .filter(entry -> entry.action().time() != null && !isUtc(entry.zone()))
                .collect(groupingBy(
                        entry -> entry.zone().getId(),
                        TreeMap::new,
                        summarizingInt(entry -> entry.action().date().getYear())));
        years.forEach(
                (zone, span) -> calendar.add(VTimeZones.component(ZoneId.of(zone), span.getMin(), span.getMax() + 1)));
    }

    /// The same wherever the campaign is: a program that has the action from an instance under another name, or
    /// from one to which the campaign has moved, finds its own (RFC 7986 §5.3; RFC 9562 §5.8).
    private static UUID uid(String campaign, String action) {
        var name = ("undersigned action " + campaign + "/" + action).getBytes(StandardCharsets.UTF_8);
        var hash = ByteBuffer.wrap(Hash.sha256(name).bytes());
        var version8 = hash.getLong() & ~0xF000L | 0x8000L;
        var variant = hash.getLong() & ~(3L << 62) | 2L << 62;
        return new UUID(version8, variant);
    }

    private static VEvent event(Entry entry, String language) {
        var action = entry.action();
        var spoken = new ParameterList(List.of(new Language(language)));
        var event = new VEvent(false);
        event.add(new Uid(uid(entry.campaign(), action.slug()).toString()));
        event.add(new DtStamp(entry.revision().changed()));
        event.add(new LastModified(entry.revision().changed()));
        event.add(new Sequence(entry.revision().sequence()));
        addTimes(event, entry);
        event.add(new Summary(spoken, clean(entry.title())));
        event.add(new Location(spoken, clean(entry.location())));
        event.add(new Description(spoken, clean(entry.description())));
        event.add(new Categories(
                spoken,
                new TextList(
                        entry.categories().stream().map(CalendarWriter::clean).toList())));
        var spot = entry.spot();
        if (spot != null) {
            event.add(new Geo(BigDecimal.valueOf(spot.latitude()), BigDecimal.valueOf(spot.longitude())));
        }
        event.add(new Url(URI.create(entry.address())));
        event.add(new Status(status(action.state())));
        event.add(ImmutableTransp.TRANSPARENT); // whoever follows a campaign is not busy whenever somebody marches
        return event;
    }

    private static void addTimes(VEvent event, Entry entry) {
        var action = entry.action();
        if (action.time() == null) {
            event.add(new DtStart<>(action.date()));
            event.add(new DtEnd<>(action.date().plusDays(1)));
            return;
        }
        // A time that the clocks leave out in spring is the one they show instead.
        var begins = ZonedDateTime.of(action.date(), action.time(), entry.zone());
        if (isUtc(entry.zone())) {
            event.add(new DtStart<>(begins.toInstant()));
        } else {
            var zone = new ParameterList(List.of(new TzId(entry.zone().getId())));
            event.add(new DtStart<>(zone, begins.toLocalDateTime()));
        }
        if (action.minutes() != null) { // right also over the hour that comes twice, where an end would be ambiguous
            event.add(new net.fortuna.ical4j.model.property.Duration(Duration.ofMinutes(action.minutes())));
        }
    }

    /// Such moments have a form of their own, without a zone (RFC 5545 §3.3.5).
    private static boolean isUtc(ZoneId zone) {
        return zone.getRules().equals(ZoneOffset.UTC.getRules());
    }

    private static String status(Action.State state) {
        return switch (state) {
            case PLANNED -> "TENTATIVE";
            case CANCELLED -> "CANCELLED";
            case CONFIRMED, CHANGED, HELD -> "CONFIRMED";
        };
    }

    /// Without the control characters that TEXT must not have (RFC 5545 §3.3.11); line ends are LF.
    private static String clean(String text) {
        return CONTROLS.matcher(LINE_ENDS.matcher(text).replaceAll("\n")).replaceAll("");
    }
}
