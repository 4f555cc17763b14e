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

/// Writes actions as iCalendar (RFC 5545, RFC 7986). Times are local, with their time zones; an action without a
/// time is an all-day event. A cancelled action stays in the file with STATUS:CANCELLED, so that a subscribed
/// calendar removes it.
///
/// A program uses the event with the higher SEQUENCE, and if these are equal, the event with the later DTSTAMP (RFC
/// 5546 §2.1.5). Both increase exactly when a document changes the action.
public final class CalendarWriter {
    /// How often a program polls for changes.
    private static final Duration REFRESH = Duration.ofHours(1);

    private static final String COLOR = "darkgreen"; // the CSS color name nearest to the color of this site
    private static final Pattern LINE_ENDS = Pattern.compile("\\r\\n?");
    private static final Pattern CONTROLS = Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f]");

    private CalendarWriter() {}

    /// The name and the addresses of a calendar.
    ///
    /// @param page    the HTML page
    /// @param source  the address of the calendar itself
    /// @param changed the time of the last change of a campaign in it
    public record Head(String name, String page, String source, String language, Instant changed) {}

    /// One action with data from its campaign, in one language.
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
                .withProperty(new XProperty("X-WR-CALNAME", clean(head.name()))) // for programs older than RFC 7986
                .withProperty(new Url(URI.create(head.page())))
                .withProperty(new Source(valued(Value.URI), head.source()))
                .withProperty(new Color(new ParameterList(), COLOR))
                .withProperty(new RefreshInterval(valued(Value.DURATION), REFRESH))
                .withProperty(new XProperty("X-PUBLISHED-TTL", REFRESH.toString())) // for Outlook
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

    /// Adds each time zone that an event uses, for the years in which events use it.
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

    /// Returns an id that does not depend on the instance. If the instance gets another name or the campaign moves
    /// to another instance, a calendar program still recognizes the action (RFC 7986 §5.3; RFC 9562 §5.8).
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
        event.add(ImmutableTransp.TRANSPARENT); // a follower of a campaign is not busy during its actions
        return event;
    }

    private static void addTimes(VEvent event, Entry entry) {
        var action = entry.action();
        if (action.time() == null) {
            event.add(new DtStart<>(action.date()));
            event.add(new DtEnd<>(action.date().plusDays(1)));
            return;
        }
        // ZonedDateTime moves a time that clocks skip in spring to the time that they show instead.
        var begins = ZonedDateTime.of(action.date(), action.time(), entry.zone());
        if (isUtc(entry.zone())) {
            event.add(new DtStart<>(begins.toInstant()));
        } else {
            var zone = new ParameterList(List.of(new TzId(entry.zone().getId())));
            event.add(new DtStart<>(zone, begins.toLocalDateTime()));
        }
        if (action.minutes() != null) { // an end time would be ambiguous in the hour that occurs twice
            event.add(new net.fortuna.ical4j.model.property.Duration(Duration.ofMinutes(action.minutes())));
        }
    }

    /// True for zones equal to UTC. Times in UTC have a form without a zone (RFC 5545 §3.3.5).
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

    /// Removes the control characters that TEXT must not contain (RFC 5545 §3.3.11) and makes line ends LF.
    private static String clean(String text) {
        return CONTROLS.matcher(LINE_ENDS.matcher(text).replaceAll("\n")).replaceAll("");
    }
}
