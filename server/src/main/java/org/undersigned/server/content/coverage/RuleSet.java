package org.undersigned.server.content.coverage;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.coverage.Judgement.Basis;

/// Named ways to turn vague words into numbers. A number stands under an organization's name only where the
/// organization wrote it down; docs/CLAIMS.md quotes the places and says what was not found.
public enum RuleSet {
    /// Only what the letter allows, and no number that is not printed: "more than 2,600" has the low bound
    /// 2,600, "nearly 80" the high bound 80, "about 2,000" neither. A plural is two or more: "dozens" is 24
    /// or more.
    AS_PRINTED("as-printed", "As printed", null, Map.of()),

    /// Both ends of its data (`size_low`, `size_high`) take the same number. It wrote none for "dozens",
    /// which it keeps as a word (`size_text`), nor for "several hundred".
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

    /// One number per event, "the most conservative", so a low bound only.
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

    /// It tags demonstrations with `crowd size=` and words, and documents no number for them; its 10, 12
    /// and 100 for "tens", "dozens" and "hundreds" are for deaths. So: as printed.
    ACLED(
            "acled",
            "Armed Conflict Location & Event Data (ACLED)",
            new Source(
                    "Tags in the data",
                    "ACLED knowledge base",
                    "https://acleddata.com/knowledge-base/tags-in-the-data",
                    "Other tags, like the “crowd size” tag, apply globally to all ‘Protests’ and ‘Riots’ events"),
            Map.of());

    /// Where a rule is written.
    ///
    /// @param quote at most 15 words of it
    public record Source(String title, String organization, String address, String quote) {}

    private final String key;
    private final String title;
    private final @Nullable Source source;
    private final Map<VagueWord, Judgement> words;

    RuleSet(String key, String title, @Nullable Source source, Map<VagueWord, Judgement> words) {
        this.key = key;
        this.title = title;
        this.source = source;
        this.words = words;
    }

    /// The rule set a query parameter or setting names.
    public static Optional<RuleSet> of(String key) {
        return Arrays.stream(values()).filter(one -> one.key.equals(key)).findFirst();
    }

    public String key() {
        return key;
    }

    /// A proper name, the same in every language, but for the first.
    public String title() {
        return title;
    }

    /// Null for [#AS_PRINTED], which is this project's own.
    public @Nullable Source source() {
        return source;
    }

    /// Whether it has any number of its own.
    public boolean isDocumented() {
        return this == AS_PRINTED || !words.isEmpty();
    }

    /// The three organizations count people at demonstrations that took place, not signatures or campuses.
    public boolean speaksOf(Measure measure) {
        return this == AS_PRINTED || measure == Measure.ATTENDED;
    }

    public Judgement judge(Reading reading, Measure measure) {
        if (this == AS_PRINTED || !(reading instanceof Reading.Vague(var word))) {
            return new Judgement(asPrinted(reading), Basis.PRINTED);
        }
        var judgement = speaksOf(measure) ? words.get(word) : null;
        return judgement == null ? new Judgement(asPrinted(reading), Basis.NOT_DOCUMENTED) : judgement;
    }

    private static Bounds asPrinted(Reading reading) {
        return switch (reading) {
            case Reading.Exactly(var number) -> Bounds.exactly(number);
            case Reading.Between(var from, var to) -> new Bounds(from, to);
            case Reading.MoreThan(var number) -> Bounds.atLeast(number);
            case Reading.AtLeast(var number) -> Bounds.atLeast(number);
            case Reading.FewerThan(var number) -> Bounds.atMost(number);
            case Reading.AtMost(var number) -> Bounds.atMost(number);
            case Reading.Vague(var word) when word == VagueWord.A_DOZEN -> Bounds.exactly(12);
            case Reading.Vague(var word) -> new Bounds(word.literalLeast(), null);
            case Reading.About _, Reading.NoNumber _, Reading.Unclear _ -> Bounds.NONE;
        };
    }

    private static Judgement rule(Bounds bounds) {
        return new Judgement(bounds, Basis.RULE);
    }

    private static Judgement andSoForth(long low) {
        return new Judgement(Bounds.atLeast(low), Basis.RULE_AND_SO_FORTH);
    }
}
