package org.undersigned.server.content.letter;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.document.LocalizedText;
import org.undersigned.server.content.document.ObjectReader;

/// Letters to a list of recipients before a deadline.
///
/// @param by            organization that requests the letters
/// @param deadline      letters after this moment are too late
/// @param zone          time zone in which the deadline is shown
/// @param why           reason for the deadline
/// @param recipients    of the letters
/// @param subject       of an e-mail
/// @param template      the organization's text, separate from the writer's own words
/// @param countsSenders true if a box counts people who state that they sent a letter
/// @param source        the report that it is from, or null
public record LetterDrive(
        String slug,
        LocalizedText title,
        LocalizedText by,
        Instant deadline,
        ZoneId zone,
        LocalizedText why,
        List<Recipient> recipients,
        LocalizedText subject,
        LocalizedText template,
        boolean countsSenders,
        @Nullable String source) {

    /// @param name    null if only the office is known: the writer adds the name
    /// @param group   such as a state's electors, or null
    /// @param address lines; empty if unknown: the writer adds them
    /// @param mail    published address of the office, or null
    public record Recipient(
            @Nullable String name,
            LocalizedText office,
            @Nullable LocalizedText group,
            List<String> address,
            @Nullable String mail) {}

    private static final ZoneId EASTERN = ZoneId.of("America/New_York"); // Washington's zone, the default
    private static final int MAX_RECIPIENTS = 600; // more than the 538 electors

    /// Reads one drive of a campaign's document.
    ///
    /// @param sources known ids
    public static LetterDrive read(ObjectReader json, Set<String> sources) {
        var drive = new LetterDrive(
                json.slug("slug"),
                json.localizedLine("title"),
                json.localized("by"),
                json.instant("deadline"),
                json.has("zone") ? json.zone("zone") : EASTERN,
                json.localized("why"),
                json.list("recipients", LetterDrive::recipient),
                json.localized("subject"),
                json.localized("template"),
                json.flag("counted"),
                json.referenceOrNull("source", sources));
        if (drive.recipients().isEmpty()) throw json.wrong("recipients", "contains no recipient");
        if (drive.recipients().size() > MAX_RECIPIENTS) {
            throw json.wrong("recipients", "has more than " + MAX_RECIPIENTS);
        }
        return drive;
    }

    private static Recipient recipient(ObjectReader json) {
        var recipient = new Recipient(
                json.textOrNull("name"),
                json.localized("office"),
                json.localizedOrNull("group"),
                json.texts("address"),
                json.textOrNull("mail"));
        if (recipient.mail() != null && !recipient.mail().matches("[^@\\s<>\"?&]{1,64}@[A-Za-z0-9.-]{1,200}")) {
            throw json.wrong("mail", "is not a mail address");
        }
        return recipient;
    }

    /// The day of the deadline in its time zone.
    public LocalDate lastDay() {
        return LocalDate.ofInstant(deadline, zone);
    }

    public String path() {
        return "/l/" + slug;
    }
}
