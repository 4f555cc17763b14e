package org.undersigned.server.content.coverage;

/// The literal meaning of the printed words of a figure; [CrowdPhrases] creates it. The printed words are stored
/// next to it and it never replaces them.
public sealed interface LiteralReading {
    /// "156,000"
    record Exactly(long number) implements LiteralReading {}

    /// "between 10 and 15"; both ends are inclusive.
    record Between(long from, long to) implements LiteralReading {
        public Between {
            if (from > to) throw new IllegalArgumentException("from is above to");
        }
    }

    /// "more than 2,600", "surpassed 4,800"
    record MoreThan(long number) implements LiteralReading {}

    /// "at least 200", "200 or more", "200+"
    record AtLeast(long number) implements LiteralReading {}

    /// "fewer than 10", and "nearly 80", which means fewer than 80.
    record FewerThan(long number) implements LiteralReading {}

    /// "up to 300", "as many as 300"
    record AtMost(long number) implements LiteralReading {}

    /// "about 2,000", or "about 200 to 300" with two ends. Gives an approximate number and sets no bound.
    record About(long from, long to) implements LiteralReading {
        public About {
            if (from > to) throw new IllegalArgumentException("from is above to");
        }
    }

    /// "dozens"
    record Vague(VagueWord word) implements LiteralReading {}

    /// The words contain no number.
    record NoNumber() implements LiteralReading {}

    /// The words may contain a number, but only a person can decide which.
    record Unclear(Why why) implements LiteralReading {}

    enum Why {
        TOO_LONG,
        /// Not a whole number, or more than the number of people in the world.
        NOT_COUNTABLE,
        /// "200 students and 30 professors", "hundreds, perhaps thousands"
        SEVERAL_NUMBERS,
        /// "not 200", "half of the 200", "200 percent", "nearly all of the 200"
        QUALIFIED
    }
}
