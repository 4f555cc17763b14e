package org.undersigned.server.site;

import java.net.URI;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.document.LocalizedText;

/// What a template needs to render a page: language, texts and addresses.
///
/// @param explicit true if the address itself names the language; links then keep it
/// @param path     of this page, without a query
/// @param asset    maps an asset's name to its address
/// @param followed true if campaigns can be followed over ActivityPub here
/// @param program  where people get the program that recounts, or null if not set
public record PageContext(
        String language,
        boolean explicit,
        String path,
        String publicUrl,
        boolean demo,
        Messages messages,
        Function<String, String> asset,
        boolean followed,
        @Nullable URI program) {
    public String t(String key, Object... places) {
        return messages.get(key, places);
    }

    /// This site's name in the addresses of its ActivityPub actors: the host, and the port if it is not the
    /// default.
    public String host() {
        return URI.create(publicUrl).getAuthority();
    }

    public String in(LocalizedText text) {
        return text.in(language);
    }

    /// An address on this site that keeps the chosen language.
    public String link(String to) {
        return explicit ? to + "?lang=" + language : to;
    }

    /// Like [#link], with a query, for example `page=2`.
    public String link(String to, String question) {
        return link(to) + (explicit ? "&" : "?") + question;
    }

    /// The absolute address of a path. It names the language if this page's own address does.
    public String address(String to) {
        return publicUrl + link(to);
    }

    /// The absolute address of a path in the language `in`.
    public String address(String to, String in) {
        return publicUrl + to + "?lang=" + in;
    }

    public String otherLanguage() {
        return language.equals("es") ? "en" : "es";
    }

    public String asset(String name) {
        return asset.apply(name);
    }

    public String number(long n) {
        return NumberFormat.getIntegerInstance(locale()).format(n);
    }

    public String date(LocalDate date) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale())
                .format(date);
    }

    /// The date of an instant in a time zone.
    public String date(Instant instant, ZoneId zone) {
        return date(LocalDate.ofInstant(instant, zone));
    }

    /// The date and time of an instant in a time zone: "December 19, 2016, 12:00 PM".
    public String moment(Instant instant, ZoneId zone) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                .withLocale(locale())
                .format(instant.atZone(zone));
    }

    /// A time of day as the language writes it: "3:00 PM", "3:00 p.m."
    public String time(LocalTime time) {
        return DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                .withLocale(locale())
                .format(time);
    }

    /// "August 2015"
    public String month(LocalDate day) {
        var pattern = language.equals("es") ? "LLLL 'de' yyyy" : "LLLL yyyy";
        return DateTimeFormatter.ofPattern(pattern, locale()).format(day);
    }

    /// The name of the time zone at that moment: "Pacific Standard Time".
    public String zone(ZonedDateTime moment) {
        return DateTimeFormatter.ofPattern("zzzz", locale()).format(moment);
    }

    /// Like [#affiliation], for one person.
    public String affiliationOfOne(String name) {
        return messages.knows("affiliation.one." + name) ? t("affiliation.one." + name) : name;
    }

    /// The name of a manifest's affiliation; the manifest's own word if this site has no text for it.
    public String affiliation(String name) {
        return messages.knows("affiliation." + name) ? t("affiliation." + name) : name;
    }

    /// The form of a constant in message keys and style sheets: `in-process`.
    public String cssWord(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Locale locale() {
        return locale(language);
    }

    public static Locale locale(String language) {
        return language.equals("es") ? Locale.of("es", "US") : Locale.US;
    }
}
