package org.undersigned.server.content.letter;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.document.Members;
import org.undersigned.server.content.document.Text;

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
        Text title,
        Text by,
        Instant deadline,
        ZoneId zone,
        Text why,
        List<Recipient> recipients,
        Text subject,
        Text template,
        boolean counted,
        @Nullable String source) {

    /// @param name    null when only the office is known: the writer fills it in
    /// @param group   such as a state's electors, or null
    /// @param address lines; empty when unknown: the writer fills it in
    /// @param mail    an office's own published address, or null
    public record Recipient(
            @Nullable String name,
            Text office,
            @Nullable Text group,
            List<String> address,
            @Nullable String mail) {}

    private static final ZoneId EASTERN = ZoneId.of("America/New_York"); // the capital's, if a document names none
    private static final int MOST_RECIPIENTS = 600; // every elector there is

    /// Reads one drive of a campaign's document.
    ///
    /// @param sources ids there are
    public static LetterDrive read(Members in, Set<String> sources) {
        var drive = new LetterDrive(
                in.slug("slug"),
                in.both("title"),
                in.both("by"),
                in.instant("deadline"),
                in.has("zone") ? in.zone("zone") : EASTERN,
                in.both("why"),
                in.list("recipients", LetterDrive::recipient),
                in.both("subject"),
                in.both("template"),
                in.flag("counted"),
                in.referenceOrNull("source", sources));
        if (drive.recipients().isEmpty()) throw in.wrong("recipients", "names nobody to write to");
        if (drive.recipients().size() > MOST_RECIPIENTS) {
            throw in.wrong("recipients", "has more than " + MOST_RECIPIENTS);
        }
        return drive;
    }

    private static Recipient recipient(Members in) {
        var recipient = new Recipient(
                in.textOrNull("name"),
                in.both("office"),
                in.bothOrNull("group"),
                in.texts("address"),
                in.textOrNull("mail"));
        if (recipient.mail() != null && !recipient.mail().matches("[^@\\s<>\"?&]{1,64}@[A-Za-z0-9.-]{1,200}")) {
            throw in.wrong("mail", "is not a mail address");
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
