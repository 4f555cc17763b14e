package org.undersigned.server.campaign;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A campaign as the world may read it; immutable. What no source says is null, never invented.
public record Campaign(
        String slug,
        String hashtag,
        Text name,
        Text convener,
        Text aim,
        Text call,
        Text context,
        List<Source> sources,
        List<Demand> demands,
        List<Campus> campuses,
        List<Petition> petitions,
        List<Action> actions,
        List<Figure> figures,
        List<Statement> statements) {

    /// The same words in each language of the site.
    public record Text(String en, String es) {
        public String in(String language) {
            return language.equals("es") ? es : en;
        }
    }

    /// Who said something, and when it was published.
    public record Source(String id, String outlet, @Nullable String by, LocalDate date) {}

    public record Demand(int id, String source, Text text) {}

    /// @param id the main e-mail domain
    public record Campus(String id, String name, String place, ZoneId zone, List<String> domains) {}

    public record Petition(String slug, String campus, Text title, Text by, Text text, List<Integer> demands) {
        public String path() {
            return "/p/" + slug;
        }
    }

    /// @param time local to the campuses, or null when no source says it
    public record Action(
            String kind,
            List<String> campuses,
            LocalDate date,
            @Nullable LocalTime time,
            Text place,
            String source) {}

    /// A figure as reported: never just a number.
    ///
    /// @param about   slugs and campus ids it speaks of; empty: the campaign as a whole
    /// @param measure planned, held, signed, attended or estimated
    /// @param words   as printed
    /// @param cites   whom the reporter cites, or null
    public record Figure(
            List<String> about,
            String measure,
            String words,
            @Nullable Long low,
            @Nullable Long high,
            LocalDate asOf,
            String source,
            @Nullable String cites,
            Text subject) {}

    public record Statement(String source, Text text) {}

    public Optional<Campus> campus(String id) {
        return campuses.stream().filter(campus -> campus.id().equals(id)).findFirst();
    }

    public Optional<Petition> petition(String petition) {
        return petitions.stream().filter(one -> one.slug().equals(petition)).findFirst();
    }

    public List<Petition> petitionsOf(String campus) {
        return petitions.stream().filter(one -> one.campus().equals(campus)).toList();
    }

    public List<Action> actionsOf(String campus) {
        return actions.stream().filter(one -> one.campuses().contains(campus)).toList();
    }

    /// Figures about this slug or campus id; with the empty string, those about the campaign as a whole.
    public List<Figure> figuresAbout(String subject) {
        return figures.stream()
                .filter(one ->
                        subject.isEmpty() ? one.about().isEmpty() : one.about().contains(subject))
                .toList();
    }

    public Source source(String id) {
        return sources.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
    }
}
