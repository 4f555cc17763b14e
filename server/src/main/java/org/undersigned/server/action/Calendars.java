package org.undersigned.server.action;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.Collectors;
import net.fortuna.ical4j.data.CalendarOutputter;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.Location;
import net.fortuna.ical4j.model.property.Sequence;
import net.fortuna.ical4j.model.property.Status;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.Url;
import net.fortuna.ical4j.model.property.immutable.ImmutableCalScale;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;

/// Actions as iCalendar (RFC 5545). Moments are in UTC; an action without a time takes its whole day. A
/// cancelled action stays, with STATUS:CANCELLED, so that a subscribed calendar takes it off.
public final class Calendars {
    private Calendars() {}

    /// One action, with what only its campaign knows.
    ///
    /// @param zone    of its first campus
    /// @param places  its campuses' names
    /// @param address of its page
    public record Entry(Action action, String title, ZoneId zone, String places, String address, String language) {}

    /// @param host  the instance's name, which makes the events' ids unique
    /// @param stamp when it was written
    /// @return a file of media type `text/calendar`
    public static byte[] write(List<Entry> entries, String host, Instant stamp) {
        var calendar = new Calendar()
                .withProdId("-//Undersigned//" + host + "//EN")
                .withProperty(ImmutableVersion.VERSION_2_0)
                .withProperty(ImmutableCalScale.GREGORIAN)
                .getFluentTarget();
        for (var entry : entries) calendar.add(event(entry, host, stamp));
        var out = new ByteArrayOutputStream();
        try {
            new CalendarOutputter(true).output(calendar, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static VEvent event(Entry entry, String host, Instant stamp) {
        var action = entry.action();
        var event = new VEvent(false);
        event.add(new Uid(action.slug() + "@" + host));
        event.add(new DtStamp(stamp));
        event.add(new Sequence(action.changes().size()));
        if (action.time() == null) {
            event.add(new DtStart<>(action.date()));
            event.add(new DtEnd<>(action.date().plusDays(1)));
        } else {
            var begins = moment(entry, action.time());
            event.add(new DtStart<>(begins));
            if (action.minutes() != null) event.add(new DtEnd<>(begins.plusSeconds(60 * action.minutes())));
        }
        event.add(new Summary(entry.title()));
        event.add(new Location(location(entry)));
        if (action.about() != null) event.add(new Description(action.about().in(entry.language())));
        event.add(new Url(URI.create(entry.address())));
        event.add(new Status(status(action.state())));
        return event;
    }

    private static Instant moment(Entry entry, LocalTime time) {
        return ZonedDateTime.of(entry.action().date(), time, entry.zone()).toInstant();
    }

    private static String location(Entry entry) {
        var stops = entry.action().stops().stream()
                .map(stop -> stop.in(entry.language()))
                .collect(Collectors.joining("; "));
        return stops.isEmpty() ? entry.places() : entry.places() + ": " + stops;
    }

    private static String status(Action.State state) {
        return switch (state) {
            case PLANNED -> "TENTATIVE";
            case CANCELLED -> "CANCELLED";
            case CONFIRMED, CHANGED, HELD -> "CONFIRMED";
        };
    }
}
