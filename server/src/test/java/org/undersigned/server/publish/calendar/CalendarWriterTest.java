package org.undersigned.server.publish.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.Observance;
import biweekly.component.VEvent;
import biweekly.component.VTimezone;
import biweekly.property.DateStart;
import biweekly.property.UtcOffsetProperty;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.NavigableMap;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.action.Action;
import org.undersigned.server.content.action.Revision;
import org.undersigned.server.content.document.LocalizedText;

/// Actions written with ical4j and read back with biweekly, which computes times only from our VTIMEZONE.
final class CalendarWriterTest {
    private static final Instant CHANGED = Instant.parse("2026-11-24T09:00:00Z");

    private static byte[] write(String text, ZoneId zone, LocalDateTime... begins) {
        var entries = Stream.of(begins)
                .map(begin -> entry(text, zone, begin.toLocalDate(), begin.toLocalTime()))
                .toList();
        return CalendarWriter.write(
                new CalendarWriter.Head(
                        text, "https://x.example/k/x", "https://x.example/k/x/actions.ics", "es", CHANGED),
                entries,
                "x.example");
    }

    private static CalendarWriter.Entry entry(String text, ZoneId zone, LocalDate date, @Nullable LocalTime time) {
        var action = new Action(
                "walk-" + date,
                Action.Kind.MARCH,
                Action.State.PLANNED,
                new LocalizedText(text, text),
                List.of("x.example"),
                date,
                time,
                120L,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                false,
                List.of(),
                null);
        return new CalendarWriter.Entry(
                "x",
                action,
                text,
                text,
                text,
                List.of(text),
                zone,
                new CalendarWriter.Spot(34.02, -118.28),
                "https://x.example/a/walk",
                new Revision(0, CHANGED, CHANGED, CHANGED));
    }

    @Example
    void anEventIsTheSameWhateverTheInstanceIsCalled() {
        var walk = entry("walk", ZoneId.of("America/Denver"), LocalDate.of(2040, 11, 16), LocalTime.NOON);
        var head = new CalendarWriter.Head("x", "https://x.example/", "https://x.example/x.ics", "en", CHANGED);
        var here = event(CalendarWriter.write(head, List.of(walk), "x.example")).getUid();
        var there =
                event(CalendarWriter.write(head, List.of(walk), "y.example")).getUid();
        var ofAnother = new CalendarWriter.Entry(
                "y",
                walk.action(),
                walk.title(),
                walk.location(),
                walk.description(),
                walk.categories(),
                walk.zone(),
                walk.spot(),
                walk.address(),
                walk.revision());

        assertThat(there).isEqualTo(here);
        assertThat(UUID.fromString(here.getValue()).version()).isEqualTo(8);
        assertThat(UUID.fromString(here.getValue()).variant()).isEqualTo(2);
        assertThat(event(CalendarWriter.write(head, List.of(ofAnother), "x.example"))
                        .getUid())
                .isNotEqualTo(here);
    }

    private static ICalendar parse(byte[] calendar) {
        var parsed =
                Biweekly.parse(new String(calendar, StandardCharsets.UTF_8)).all();
        assertThat(parsed).hasSize(1);
        return parsed.getFirst();
    }

    private static VEvent event(byte[] calendar) {
        return parse(calendar).getEvents().getFirst();
    }

    @Example
    void aMomentInUtcNamesNoZone() {
        for (var zone : List.of("Z", "UTC", "Etc/GMT")) {
            var text = new String(
                    write("walk", ZoneId.of(zone), LocalDateTime.of(2026, 11, 1, 15, 0)), StandardCharsets.UTF_8);

            assertThat(text).contains("DTSTART:20261101T150000Z").doesNotContain("TZID");
        }
    }

    @Example
    void aCalendarWithoutActionsIsValid() {
        var calendar = parse(write("walk", ZoneId.of("America/Denver")));

        assertThat(calendar.getEvents()).isEmpty();
        assertThat(calendar.getTimezoneInfo().getComponents()).hasSize(1); // RFC 5545 §3.6: at least one component
    }

    @Example
    void everyZoneGivesTheMomentsThatTheJdkGives() {
        for (var zone : zonesOfTheJdk()) {
            for (var years : List.of(new int[] {2001, 2020}, new int[] {2020, 2040}, new int[] {2026, 2026})) {
                var begins = IntStream.of(years)
                        .mapToObj(year -> LocalDateTime.of(year, 6, 1, 12, 0))
                        .toArray(LocalDateTime[]::new);
                var calendar = parse(write("walk", zone, begins));
                var start = calendar.getEvents().getFirst().getDateStart();
                var named = calendar.getTimezoneInfo().getTimezone(start);
                if (named == null) {
                    assertThat(start.getValue().toInstant())
                            .as(zone.getId())
                            .isEqualTo(begins[0].toInstant(ZoneOffset.UTC));
                    continue;
                }
                assertThat(local(start)).isEqualTo(begins[0]);
                var offsets = offsets(named.getComponent(), years[1] + 1);
                for (var moment : momentsToTry(zone, years[0], years[1])) {
                    assertThat(moments(offsets, moment))
                            .as(moment + " in " + zone)
                            .containsExactly(moment.atZone(zone).toInstant());
                }
            }
        }
    }

    /// The zones of the JDK: when ical4j writes for the first time, it adds hundreds of its own zones, which have
    /// no rules.
    private static List<ZoneId> zonesOfTheJdk() {
        var zones = Stream.of(TimeZone.getAvailableIDs())
                .filter(ZoneId.getAvailableZoneIds()::contains)
                .sorted()
                .map(ZoneId::of)
                .toList();
        assertThat(zones).hasSizeGreaterThan(400);
        return zones;
    }

    /// Returns local times that occur once: the first of each month, and a minute and some days before and after each
    /// change of the clock.
    private static List<LocalDateTime> momentsToTry(ZoneId zone, int firstYear, int lastYear) {
        var rules = zone.getRules();
        var begin = LocalDateTime.of(firstYear, 1, 1, 0, 1);
        var end = LocalDateTime.of(lastYear, 12, 31, 23, 59);
        var moments = Stream.iterate(begin, moment -> moment.isBefore(end), moment -> moment.plusMonths(1))
                .collect(Collectors.toList());
        var change = rules.nextTransition(begin.atZone(zone).toInstant());
        while (change != null && change.getDateTimeBefore().getYear() <= lastYear) {
            for (var away : List.of(Duration.ofMinutes(1), Duration.ofHours(5), Duration.ofDays(5))) {
                moments.add(change.getDateTimeBefore().minus(away));
                moments.add(change.getDateTimeAfter().plus(away));
            }
            change = rules.nextTransition(change.getInstant());
        }
        moments.removeIf(moment -> moment.isBefore(begin)
                || moment.isAfter(end)
                || rules.getValidOffsets(moment).size() != 1);
        return moments;
    }

    /// Returns the moments that a local time can be by the observances of a VTIMEZONE alone (RFC 5545
    /// §3.6.5). biweekly's own conversion is by way of java.util.TimeZone, which knows one standard time for
    /// all years and is wrong for some hours after a change of the clock.
    private static List<Instant> moments(NavigableMap<Instant, ZoneOffset> offsets, LocalDateTime local) {
        return offsets.values().stream()
                .distinct()
                .filter(offset -> {
                    var last = offsets.floorEntry(local.toInstant(offset));
                    return last != null && last.getValue().equals(offset);
                })
                .map(local::toInstant)
                .toList();
    }

    private static NavigableMap<Instant, ZoneOffset> offsets(VTimezone zone, int untilYear) {
        var observances = new ArrayList<Observance>(zone.getStandardTimes());
        observances.addAll(zone.getDaylightSavingsTime());
        var offsets = new TreeMap<Instant, ZoneOffset>();
        for (var observance : observances) {
            var from = offset(observance.getTimezoneOffsetFrom());
            var to = offset(observance.getTimezoneOffsetTo());
            for (var onset : onsets(observance, untilYear)) offsets.put(onset.toInstant(from), to);
        }
        return offsets;
    }

    private static List<LocalDateTime> onsets(Observance observance, int untilYear) {
        var first = local(observance.getDateStart());
        var rule = observance.getRecurrenceRule();
        if (rule == null) return List.of(first);
        var onsets = new ArrayList<LocalDateTime>();
        var dates = rule.getDateIterator(Date.from(first.toInstant(ZoneOffset.UTC)), TimeZone.getTimeZone("UTC"));
        do onsets.add(LocalDateTime.ofInstant(dates.next().toInstant(), ZoneOffset.UTC));
        while (onsets.getLast().getYear() < untilYear);
        return onsets;
    }

    private static ZoneOffset offset(UtcOffsetProperty property) {
        return ZoneOffset.ofTotalSeconds(Math.toIntExact(property.getValue().getMillis() / 1000));
    }

    private static LocalDateTime local(DateStart start) {
        var raw = start.getValue().getRawComponents();
        return LocalDateTime.of(
                raw.getYear(), raw.getMonth(), raw.getDate(), raw.getHour(), raw.getMinute(), raw.getSecond());
    }

    @Example
    void aChangeOnTheLastSundayOfAMonthIsOneRule() {
        var text = new String(
                write("walk", ZoneId.of("Europe/Madrid"), LocalDateTime.of(2026, 11, 16, 12, 0)),
                StandardCharsets.UTF_8);

        assertThat(text)
                .contains("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU")
                .contains("FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU")
                .containsOnlyOnce("BEGIN:DAYLIGHT");
    }

    @Example
    void aYearUsesTheTimeNameOfThatYear() {
        var calendar =
                parse(write("walk", ZoneId.of("America/Indiana/Petersburg"), LocalDateTime.of(2001, 3, 5, 0, 4)));

        var zone = calendar.getTimezoneInfo().getComponents().iterator().next();
        assertThat(zone.getDaylightSavingsTime()).isEmpty();
        assertThat(zone.getStandardTimes()
                        .getFirst()
                        .getTimezoneOffsetTo()
                        .getValue()
                        .getMillis())
                .isEqualTo(Duration.ofHours(-5).toMillis());
    }

    @Property(tries = 20)
    void actionsOverTheChangeOfClocksLastAsLongAsTheySay(@ForAll("clockChanges") LocalDateTime begins) {
        var event = event(write("vigil", ZoneId.of("America/Los_Angeles"), begins));

        assertThat(event.getDuration().getValue().toMillis())
                .isEqualTo(Duration.ofHours(2).toMillis());
    }

    @Provide
    Arbitrary<LocalDateTime> clockChanges() {
        return Arbitraries.of(
                LocalDateTime.of(2026, 11, 1, 0, 30), // 01:30 occurs twice
                LocalDateTime.of(2026, 11, 1, 1, 30),
                LocalDateTime.of(2026, 3, 8, 1, 30)); // 02:30 is skipped
    }

    @Property(tries = 5)
    void aTimeThatClocksLeaveOutIsTheOneTheyShowInstead(@ForAll("leftOut") LocalDateTime begins) {
        var text = new String(write("vigil", ZoneId.of("America/New_York"), begins), StandardCharsets.UTF_8);

        assertThat(text).contains("DTSTART;TZID=America/New_York:20260308T033000");
    }

    @Provide
    Arbitrary<LocalDateTime> leftOut() {
        return Arbitraries.of(LocalDateTime.of(2026, 3, 8, 2, 30));
    }

    @Provide
    Arbitrary<String> texts() {
        var hard = Arbitraries.of(
                ",", ";", ":", "\\", "\n", "\r\n", "\"", "😀", "👩‍👩‍👧", "ñ", "漢", "\u0007", "BEGIN:VEVENT", " ");
        var plain = Arbitraries.strings().withCharRange('a', 'z').ofMaxLength(60);
        return Arbitraries.oneOf(hard, plain)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40)
                .map(parts -> "¡" + String.join("", parts) + "!");
    }

    @Property(tries = 150)
    void anyTextComesBackAndNoLineIsTooLong(@ForAll("texts") String text) {
        var calendar = write(text, ZoneId.of("America/Denver"), LocalDateTime.of(2040, 11, 16, 18, 30));
        var clean = text.replace("\r\n", "\n").replace("\u0007", "");

        for (var line : new String(calendar, StandardCharsets.UTF_8).split("\r\n", -1)) {
            assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(75);
            assertThat(line).doesNotContain("\n").doesNotContain("\uFFFD"); // no character was split
        }
        var event = event(calendar);
        assertThat(event.getSummary().getValue().replace("\r\n", "\n")).isEqualTo(clean);
        assertThat(event.getDescription().getValue().replace("\r\n", "\n")).isEqualTo(clean);
        assertThat(event.getLocation().getValue().replace("\r\n", "\n")).isEqualTo(clean);
        assertThat(event.getCategories().getFirst().getValues())
                .extracting(one -> one.replace("\r\n", "\n"))
                .containsExactly(clean);
    }

    @Property(tries = 10)
    void aDateFarOffCostsNoMoreThanOthers(@ForAll("farOff") LocalDateTime begins) {
        for (var zone : List.of("America/New_York", "Africa/Casablanca", "Asia/Gaza", "Pacific/Honolulu")) {
            assertThat(write("walk", ZoneId.of(zone), LocalDateTime.of(2020, 1, 1, 12, 0), begins))
                    .hasSizeLessThan(40_000);
        }
    }

    @Provide
    Arbitrary<LocalDateTime> farOff() {
        return Arbitraries.of(LocalDateTime.of(9998, 6, 1, 12, 0), LocalDateTime.of(1, 6, 1, 12, 0));
    }
}
