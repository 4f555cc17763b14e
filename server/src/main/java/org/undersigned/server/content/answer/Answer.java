package org.undersigned.server.content.answer;

import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.document.LocalizedText;
import org.undersigned.server.content.document.ObjectReader;

/// What one campus says to one demand, with everything it said before.
///
/// @param history newest first; the first is what holds now
/// @param review  when it is to be looked at again, or null
public record Answer(
        String campus,
        int demand,
        List<Step> history,
        @Nullable LocalDate review) {
    /// In PRODUCT's order: how far a commitment is.
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
    /// @param by       who said it, by office
    /// @param words    as said or written, or null
    /// @param evidence where it can be read, or null
    /// @param legal    the law it leans on, or null
    public record Step(
            LocalDate date,
            Status status,
            @Nullable LocalizedText by,
            @Nullable LocalizedText words,
            @Nullable Evidence evidence,
            @Nullable LegalBasis legal) {
        /// As it stands in documents and message keys: `in-process`.
        public String statusWord() {
            return status.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /// A page or paper, as it was on a day.
    ///
    /// @param sha256 of its content then: 64 hex digits, or null
    public record Evidence(
            LocalizedText title,
            @Nullable URI link,
            LocalDate seen,
            @Nullable String sha256) {}

    /// A law or policy, as it was on a day.
    public record LegalBasis(LocalizedText text, LocalDate asOf) {}

    /// Reads one answer of a campaign's document.
    ///
    /// @param campuses ids there are
    /// @param demands  ids there are
    public static Answer read(ObjectReader json, Set<String> campuses, Set<String> demands) {
        var demand = json.number("demand");
        if (!demands.contains(Long.toString(demand))) {
            throw json.wrong("demand", "names " + demand + ", which is not there");
        }
        var answer = new Answer(
                json.reference("campus", campuses),
                (int) demand,
                json.list("history", Answer::step),
                json.dateOrNull("review"));
        if (answer.history().isEmpty()) throw json.wrong("history", "says nothing");
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
                json.bothOrNull("by"),
                json.bothOrNull("words"),
                json.objectOrNull("evidence", Answer::evidence),
                json.objectOrNull("legal", legal -> new LegalBasis(legal.both("text"), legal.date("asOf"))));
    }

    private static Evidence evidence(ObjectReader json) {
        var sha256 = json.textOrNull("sha256");
        if (sha256 != null && !sha256.matches("[0-9a-f]{64}")) throw json.wrong("sha256", "is not 64 hex digits");
        return new Evidence(json.both("title"), link(json), json.date("seen"), sha256);
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

    /// What holds now.
    public Step now() {
        return history.getFirst();
    }

    /// Whether its day of review has come and gone without a newer word.
    public boolean isOverdue(LocalDate today) {
        return review != null && review.isBefore(today) && now().date().isBefore(review);
    }
}
