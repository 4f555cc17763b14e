package org.undersigned.server.publish.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.Comparator;
import java.util.List;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
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

    /// The zones of the JDK: when ical4j writes for the first time, it adds hundreds of its own zones, which have
    /// no rules.
    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(Stream.of(TimeZone.getAvailableIDs())
                        .filter(ZoneId.getAvailableZoneIds()::contains)
                        .sorted()
                        .toList())
                .map(ZoneId::of);
    }

    @Provide
    Arbitrary<LocalDateTime> moments() {
        var days = Arbitraries.longs()
                .between(
                        LocalDate.of(2001, 1, 1).toEpochDay(),
                        LocalDate.of(2060, 12, 31).toEpochDay())
                .map(LocalDate::ofEpochDay);
        return Combinators.combine(days, Arbitraries.integers().between(0, 24 * 60 - 1))
                .as((day, minute) -> day.atTime(minute / 60, minute % 60));
    }

    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void everyZoneGivesTheMomentThatTheJdkGives(
            @ForAll("zones") ZoneId zone,
            @ForAll("moments") LocalDateTime first,
            @ForAll("moments") LocalDateTime other) {
        var begins = new LocalDateTime[] {first, other};
        var calendar = parse(write("walk", zone, begins));

        for (var i = 0; i < begins.length; i++) {
            var starts = calendar.getEvents().get(i).getDateStart();
            var named = calendar.getTimezoneInfo().getTimezone(starts);
            var read = named == null ? TimeZone.getTimeZone("UTC") : named.getTimeZone();
            var expected = begins[i].atZone(zone).toInstant();
            if (zone.getRules().getValidOffsets(begins[i]).size() != 1) continue; // skipped or repeated: see below
            // biweekly returns a java.util.TimeZone, which has one standard time and daylight saving of one hour
            var rules = zone.getRules();
            if (read.getRawOffset() != 1000 * rules.getStandardOffset(expected).getTotalSeconds()) continue;
            var summer = rules.getDaylightSavings(expected);
            if (!summer.isZero() && !summer.equals(Duration.ofHours(1))) continue; // Troll: 2 h, Lord Howe: 0.5 h
            var from = Stream.of(begins)
                    .min(Comparator.naturalOrder())
                    .orElseThrow()
                    .getYear();
            if (changedNameWithoutClockChange(zone, from, expected) || isNearAChange(rules, expected)) continue;
            assertThat(starts.getValue().toInstant())
                    .as(begins[i] + " in " + zone)
                    .isEqualTo(expected);
        }
    }

    /// True if the zone changed between standard and daylight time without a change of the clock: Petersburg,
    /// Indiana, went twice from Central daylight time to Eastern standard time in this way, and Resolute there and
    /// back.
    ///
    /// @param from the first year in the VTIMEZONE
    private static boolean changedNameWithoutClockChange(ZoneId zone, int from, Instant moment) {
        var rules = zone.getRules();
        var change = rules.previousTransition(moment);
        if (change == null) return false;
        var begin = LocalDate.of(from, 1, 1).atStartOfDay(zone).toInstant();
        var told = change.getInstant().isBefore(begin) ? begin : change.getInstant();
        return rules.isDaylightSavings(told) != rules.isDaylightSavings(moment);
    }

    /// True within three hours of a clock change: there java.util.TimeZone, which biweekly uses, is sometimes an
    /// hour off in its conversion of local times.
    private static boolean isNearAChange(ZoneRules rules, Instant moment) {
        var change = rules.nextTransition(moment.minus(Duration.ofHours(3)));
        return change != null && change.getInstant().isBefore(moment.plus(Duration.ofHours(3)));
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
