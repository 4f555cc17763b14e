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
/// @param by         who asks for the letters
/// @param deadline   after which a letter comes too late
/// @param zone       by whose clocks the deadline is told
/// @param why        what the deadline is
/// @param recipients whom to write to
/// @param subject    of a mail
/// @param template   the organization's words, kept apart from the writer's own
/// @param counted    whether a box counts those who say that they sent theirs
/// @param source     whose report it is from, or null
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
        boolean counted,
        @Nullable String source) {

    /// @param name    null when only the office is known: the writer fills it in
    /// @param group   such as a state's electors, or null
    /// @param address lines; empty when unknown: the writer fills it in
    /// @param mail    an office's own published address, or null
    public record Recipient(
            @Nullable String name,
            LocalizedText office,
            @Nullable LocalizedText group,
            List<String> address,
            @Nullable String mail) {}

    private static final ZoneId EASTERN = ZoneId.of("America/New_York"); // the capital's, if a document names none
    private static final int MOST_RECIPIENTS = 600; // every elector there is

    /// Reads one drive of a campaign's document.
    ///
    /// @param sources ids there are
    public static LetterDrive read(ObjectReader json, Set<String> sources) {
        var drive = new LetterDrive(
                json.slug("slug"),
                json.both("title"),
                json.both("by"),
                json.instant("deadline"),
                json.has("zone") ? json.zone("zone") : EASTERN,
                json.both("why"),
                json.list("recipients", LetterDrive::recipient),
                json.both("subject"),
                json.both("template"),
                json.flag("counted"),
                json.referenceOrNull("source", sources));
        if (drive.recipients().isEmpty()) throw json.wrong("recipients", "names nobody to write to");
        if (drive.recipients().size() > MOST_RECIPIENTS) {
            throw json.wrong("recipients", "has more than " + MOST_RECIPIENTS);
        }
        return drive;
    }

    private static Recipient recipient(ObjectReader json) {
        var recipient = new Recipient(
                json.textOrNull("name"),
                json.both("office"),
                json.bothOrNull("group"),
                json.texts("address"),
                json.textOrNull("mail"));
        if (recipient.mail() != null && !recipient.mail().matches("[^@\\s<>\"?&]{1,64}@[A-Za-z0-9.-]{1,200}")) {
            throw json.wrong("mail", "is not a mail address");
        }
        return recipient;
    }

    /// The last day, where the deadline is told.
    public LocalDate lastDay() {
        return LocalDate.ofInstant(deadline, zone);
    }

    public String path() {
        return "/l/" + slug;
    }
}
