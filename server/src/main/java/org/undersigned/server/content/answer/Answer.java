package org.undersigned.server.content.answer;

import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.document.LocalizedText;
import org.undersigned.server.content.document.ObjectReader;

/// The answer of one campus's administration to one demand, with its history.
///
/// @param history newest first; the first is current
/// @param review  day of the next review, or null
public record Answer(
        String campus,
        int demand,
        List<Step> history,
        @Nullable LocalDate review) {
    /// How far a commitment is, in the order of PRODUCT.
    public enum Status {
        NONE,
        ACKNOWLEDGED,
        IN_PROCESS,
        PARTIAL,
        ADOPTED,
        DECLINED,
        LEGALLY_CONSTRAINED,
        LAPSED
    }

    /// One state of an answer.
    ///
    /// @param by       office that gave the answer
    /// @param words    literal words, spoken or written, or null
    /// @param evidence where it is published, or null
    /// @param legal    the law it refers to, or null
    public record Step(
            LocalDate date,
            Status status,
            @Nullable LocalizedText by,
            @Nullable LocalizedText words,
            @Nullable Evidence evidence,
            @Nullable LegalBasis legal) {
        /// The status as written in documents and message keys: `in-process`.
        public String statusWord() {
            return status.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /// A page or paper as it was on a given day.
    ///
    /// @param sha256 of its content on that day: 64 hex digits, or null
    public record Evidence(
            LocalizedText title,
            @Nullable URI link,
            LocalDate seen,
            @Nullable String sha256) {}

    /// A law or policy as it was on a given day.
    public record LegalBasis(LocalizedText text, LocalDate asOf) {}

    /// Reads one answer of a campaign's document.
    ///
    /// @param campuses known ids
    /// @param demands  known ids
    public static Answer read(ObjectReader json, Set<String> campuses, Set<String> demands) {
        var demand = json.number("demand");
        if (!demands.contains(Long.toString(demand))) {
            throw json.wrong("demand", "refers to " + demand + ", which is not defined");
        }
        var answer = new Answer(
                json.reference("campus", campuses),
                (int) demand,
                json.list("history", Answer::step),
                json.dateOrNull("review"));
        if (answer.history().isEmpty()) throw json.wrong("history", "is empty");
        for (var i = 1; i < answer.history().size(); i++) {
            if (answer.history()
                    .get(i)
                    .date()
                    .isAfter(answer.history().get(i - 1).date())) {
                throw json.wrong("history", "is not in order, newest first");
            }
        }
        return answer;
    }

    private static Step step(ObjectReader json) {
        return new Step(
                json.date("date"),
                json.oneOf("status", Status.values()),
                json.localizedOrNull("by"),
                json.localizedOrNull("words"),
                json.objectOrNull("evidence", Answer::evidence),
                json.objectOrNull("legal", legal -> new LegalBasis(legal.localized("text"), legal.date("asOf"))));
    }

    private static Evidence evidence(ObjectReader json) {
        var sha256 = json.textOrNull("sha256");
        if (sha256 != null && !sha256.matches("[0-9a-f]{64}")) throw json.wrong("sha256", "is not 64 hex digits");
        return new Evidence(json.localized("title"), link(json), json.date("seen"), sha256);
    }

    private static @Nullable URI link(ObjectReader json) {
        var link = json.textOrNull("link");
        if (link == null) return null;
        if (!link.matches("https?://[!-~]{3,500}")) throw json.wrong("link", "is not a web address");
        try {
            return URI.create(link);
        } catch (IllegalArgumentException e) {
            throw json.wrong("link", "is not a web address");
        }
    }

    /// The current step.
    public Step now() {
        return history.getFirst();
    }

    /// True if the day of review is before `today` and no step is dated on or after that day.
    public boolean isOverdue(LocalDate today) {
        return review != null && review.isBefore(today) && now().date().isBefore(review);
    }
}
