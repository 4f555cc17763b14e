package org.undersigned.server.content.coverage;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.coverage.SourcedBounds.Basis;

/// Named rules that convert vague words to numbers. A number is listed under an organization's name only if the
/// organization published it; docs/CLAIMS.md quotes the sources and lists what was not found.
public enum RuleSet {
    /// Uses only the literal meaning and no number that is not printed: "more than 2,600" has the low bound 2,600,
    /// "nearly 80" the high bound 80, "about 2,000" neither. A plural is two or more: "dozens" is 24 or more.
    AS_PRINTED("as-printed", "As printed", null, Map.of()),

    /// Both bounds in its data (`size_low`, `size_high`) take the same number. It published no number for "dozens",
    /// which it stores as a word (`size_text`), and none for "several hundred".
    CROWD_COUNTING_CONSORTIUM(
            "ccc",
            "Crowd Counting Consortium",
            new Source(
                    "Crowd Data Dictionary, size_low and size_high",
                    "Nonviolent Action Lab, Harvard Kennedy School",
                    "https://github.com/nonviolent-action-lab/crowd-counting-consortium",
                    "Vague estimates are interpreted as follows: \"hundreds\" = 200; \"thousands\" =2000"),
            Map.of(
                    VagueWord.HUNDREDS, rule(Bounds.exactly(200)),
                    VagueWord.THOUSANDS, rule(Bounds.exactly(2_000)),
                    VagueWord.TENS_OF_THOUSANDS, rule(Bounds.exactly(20_000)),
                    VagueWord.HUNDREDS_OF_THOUSANDS, rule(Bounds.exactly(200_000)))),

    /// It publishes one number per event, "the most conservative", so the rules set only a low bound.
    COUNT_LOVE(
            "count-love",
            "Count Love",
            new Source(
                    "README of protest-data, event_attendees",
                    "Count Love (Tommy Leung, Nathan Perkins)",
                    "https://github.com/count-love/protest-data",
                    "“a dozen” as 10, “dozens” as 20, “hundreds” as 100, and so forth"),
            Map.of(
                    VagueWord.A_DOZEN, rule(Bounds.atLeast(10)),
                    VagueWord.DOZENS, rule(Bounds.atLeast(20)),
                    VagueWord.SEVERAL_DOZEN, rule(Bounds.atLeast(20)),
                    VagueWord.HUNDREDS, rule(Bounds.atLeast(100)),
                    VagueWord.SEVERAL_HUNDRED, rule(Bounds.atLeast(200)),
                    VagueWord.THOUSANDS, andSoForth(1_000),
                    VagueWord.SEVERAL_THOUSAND, andSoForth(2_000),
                    VagueWord.TENS_OF_THOUSANDS, andSoForth(10_000),
                    VagueWord.HUNDREDS_OF_THOUSANDS, andSoForth(100_000))),

    /// It tags demonstrations with `crowd size=` and the printed words, and documents no number for them. Its
    /// numbers 10, 12 and 100 for "tens", "dozens" and "hundreds" are for deaths. So this set uses the words as
    /// printed.
    ACLED(
            "acled",
            "Armed Conflict Location & Event Data (ACLED)",
            new Source(
                    "Tags in the data",
                    "ACLED knowledge base",
                    "https://acleddata.com/knowledge-base/tags-in-the-data",
                    "Other tags, like the “crowd size” tag, apply globally to all ‘Protests’ and ‘Riots’ events"),
            Map.of());

    /// The publication that contains a rule.
    ///
    /// @param quote at most 15 words of it
    public record Source(String title, String organization, String address, String quote) {}

    private final String key;
    private final String title;
    private final @Nullable Source source;
    private final Map<VagueWord, SourcedBounds> words;

    RuleSet(String key, String title, @Nullable Source source, Map<VagueWord, SourcedBounds> words) {
        this.key = key;
        this.title = title;
        this.source = source;
        this.words = words;
    }

    /// The rule set with this key, from a query parameter or a setting; empty if there is none.
    public static Optional<RuleSet> of(String key) {
        return Arrays.stream(values()).filter(one -> one.key.equals(key)).findFirst();
    }

    public String key() {
        return key;
    }

    /// A proper name, the same in every language, except for [#AS_PRINTED].
    public String title() {
        return title;
    }

    /// Null for [#AS_PRINTED], which is a rule of this project.
    public @Nullable Source source() {
        return source;
    }

    /// True if the set has numbers of its own, and for [#AS_PRINTED].
    public boolean isDocumented() {
        return this == AS_PRINTED || !words.isEmpty();
    }

    /// True if the rules apply to this measure. The three organizations count people at demonstrations that took
    /// place, not signatures or campuses.
    public boolean appliesTo(Measure measure) {
        return this == AS_PRINTED || measure == Measure.ATTENDED;
    }

    public SourcedBounds boundsOf(LiteralReading reading, Measure measure) {
        if (this == AS_PRINTED || !(reading instanceof LiteralReading.Vague(var word))) {
            return new SourcedBounds(asPrinted(reading), Basis.PRINTED);
        }
        var bounds = appliesTo(measure) ? words.get(word) : null;
        return bounds == null ? new SourcedBounds(asPrinted(reading), Basis.NOT_DOCUMENTED) : bounds;
    }

    private static Bounds asPrinted(LiteralReading reading) {
        return switch (reading) {
            case LiteralReading.Exactly(var number) -> Bounds.exactly(number);
            case LiteralReading.Between(var from, var to) -> new Bounds(from, to);
            case LiteralReading.MoreThan(var number) -> Bounds.atLeast(number);
            case LiteralReading.AtLeast(var number) -> Bounds.atLeast(number);
            case LiteralReading.FewerThan(var number) -> Bounds.atMost(number);
            case LiteralReading.AtMost(var number) -> Bounds.atMost(number);
            case LiteralReading.Vague(var word) when word == VagueWord.A_DOZEN -> Bounds.exactly(12);
            case LiteralReading.Vague(var word) -> new Bounds(word.literalLeast(), null);
            case LiteralReading.About _, LiteralReading.NoNumber _, LiteralReading.Unclear _ -> Bounds.NONE;
        };
    }

    private static SourcedBounds rule(Bounds bounds) {
        return new SourcedBounds(bounds, Basis.RULE);
    }

    private static SourcedBounds andSoForth(long low) {
        return new SourcedBounds(Bounds.atLeast(low), Basis.RULE_AND_SO_FORTH);
    }
}
