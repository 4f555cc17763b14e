package org.undersigned.server.publish.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneOffsetTransitionRule;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.fortuna.ical4j.model.ComponentList;
import net.fortuna.ical4j.model.PropertyList;
import net.fortuna.ical4j.model.component.Daylight;
import net.fortuna.ical4j.model.component.Observance;
import net.fortuna.ical4j.model.component.Standard;
import net.fortuna.ical4j.model.component.VTimeZone;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.RRule;
import net.fortuna.ical4j.model.property.TzId;
import net.fortuna.ical4j.model.property.TzName;
import net.fortuna.ical4j.model.property.TzOffsetFrom;
import net.fortuna.ical4j.model.property.TzOffsetTo;
import org.jspecify.annotations.Nullable;

/// Writes time zones as VTIMEZONE components (RFC 5545 §3.6.5) from the rules of the JDK, so that no lookup
/// elsewhere is necessary. A change that occurs every year on the same weekday is one RRULE, the form that every
/// calendar program reads; any other change is written once per occurrence.
final class VTimeZones {
    /// Limit for documents with a date far away: two changes a year for a century.
    private static final int MOST_OBSERVANCES = 200;

    /// The ordinal of a weekday in a month (first to fourth) by the earliest day of the month on which it can fall.
    private static final Map<Integer, Integer> WEEKS = Map.of(1, 1, 8, 2, 15, 3, 22, 4);

    private static final int LAST_WEEK = -1;

    private final ZoneId zone;
    private final ZoneRules rules;
    private final List<Observance> observances = new ArrayList<>();

    private VTimeZones(ZoneId zone) {
        this.zone = zone;
        this.rules = zone.getRules();
    }

    /// Returns the component of a zone from the beginning of `firstYear` to the end of `lastYear`, and after that
    /// for as long as recurring rules continue.
    static VTimeZone component(ZoneId zone, int firstYear, int lastYear) {
        var zones = new VTimeZones(zone);
        zones.observe(LocalDate.of(firstYear, 1, 1), LocalDate.of(lastYear + 1, 1, 1));
        var id = new PropertyList(List.of(new TzId(zone.getId())));
        return new VTimeZone(id, new ComponentList<>(zones.observances));
    }

    private void observe(LocalDate from, LocalDate to) {
        var begin = from.atStartOfDay(zone).toInstant();
        var end = to.atStartOfDay(zone).toInstant();
        var change = rules.previousTransition(begin);
        if (change == null) {
            var offset = rules.getOffset(begin);
            add(from.atStartOfDay(), offset, offset, begin, null);
            change = rules.nextTransition(begin);
        }
        while (change != null && change.getInstant().isBefore(end) && observances.size() < MOST_OBSERVANCES) {
            if (isRecurring(change)) {
                addRules(change);
                return;
            }
            // the name (standard or daylight) may change between `change` and `begin` without a change of the clock
            add(change, change.getInstant().isBefore(begin) ? begin : change.getInstant(), null);
            change = rules.nextTransition(change.getInstant());
        }
    }

    /// True if this change and all later ones follow rules that an RRULE can express.
    private boolean isRecurring(ZoneOffsetTransition change) {
        var once = rules.getTransitions();
        return !rules.getTransitionRules().isEmpty()
                && (once.isEmpty() || change.getInstant().isAfter(once.getLast().getInstant()))
                && rules.getTransitionRules().stream().allMatch(VTimeZones::isWeekday);
    }

    private static boolean isWeekday(ZoneOffsetTransitionRule rule) {
        var change = rule.createTransition(2024).getDateTimeBefore();
        return rule.getDayOfWeek() == change.getDayOfWeek() // else the UTC rule falls on another local day
                && rule.getMonth() == change.getMonth()
                && week(rule) != null;
    }

    /// Returns the ordinal of the weekday in its month, null if it has none, as the Sunday from the 12th on.
    private static @Nullable Integer week(ZoneOffsetTransitionRule rule) {
        var day = rule.getDayOfMonthIndicator();
        if (day == -1
                || rule.getMonth() != Month.FEBRUARY && day == rule.getMonth().maxLength() - 6) return LAST_WEEK;
        return WEEKS.get(day);
    }

    private void addRules(ZoneOffsetTransition first) {
        var year = first.getDateTimeBefore().getYear();
        for (var rule : rules.getTransitionRules()) {
            var change = rule.createTransition(year);
            if (change.getInstant().isBefore(first.getInstant())) change = rule.createTransition(year + 1);
            add(
                    change,
                    change.getInstant(),
                    "FREQ=YEARLY;BYMONTH=" + rule.getMonth().getValue() + ";BYDAY="
                            + week(rule)
                            + rule.getDayOfWeek().name().substring(0, 2));
        }
    }

    private void add(ZoneOffsetTransition change, Instant at, @Nullable String recurrence) {
        add(change.getDateTimeBefore(), change.getOffsetBefore(), change.getOffsetAfter(), at, recurrence);
    }

    /// @param begins in the local time before the change
    /// @param at     an instant in the period, which determines the name of its time
    private void add(LocalDateTime begins, ZoneOffset from, ZoneOffset to, Instant at, @Nullable String recurrence) {
        var observance = rules.isDaylightSavings(at) ? new Daylight() : new Standard();
        observance.add(new DtStart<>(begins));
        if (recurrence != null) observance.add(new RRule<LocalDateTime>(recurrence));
        observance.add(new TzOffsetFrom(from));
        observance.add(new TzOffsetTo(to));
        if (recurrence != null || rules.nextTransition(at) == null) { // the JDK has only current names
            var name = DateTimeFormatter.ofPattern("zzz", Locale.US).format(at.atZone(zone));
            observance.add(new TzName(name));
        }
        observances.add(observance);
    }
}
