package org.undersigned.server.content.coverage;

/// What the printed words of a figure literally say; made by [CrowdWords]. The words themselves are kept
/// beside it, never replaced by it.
public sealed interface Reading {
    /// "156,000"
    record Exactly(long number) implements Reading {}

    /// "between 10 and 15"; both ends belong to it.
    record Between(long from, long to) implements Reading {
        public Between {
            if (from > to) throw new IllegalArgumentException("from is above to");
        }
    }

    /// "more than 2,600", "surpassed 4,800"
    record MoreThan(long number) implements Reading {}

    /// "at least 200", "200 or more", "200+"
    record AtLeast(long number) implements Reading {}

    /// "fewer than 10", and "nearly 80": not quite 80.
    record FewerThan(long number) implements Reading {}

    /// "up to 300", "as many as 300"
    record AtMost(long number) implements Reading {}

    /// "about 2,000", or "about 200 to 300" with two ends. Says where the number is near, and sets no
    /// bound.
    record About(long from, long to) implements Reading {
        public About {
            if (from > to) throw new IllegalArgumentException("from is above to");
        }
    }

    /// "dozens"
    record Vague(VagueWord word) implements Reading {}

    /// Nothing in the words says a number.
    record NoNumber() implements Reading {}

    /// The words may say a number, but only a person can tell which.
    record Unclear(Why why) implements Reading {}

    enum Why {
        TOO_LONG,
        /// Not a whole number, or more people than there are.
        NOT_COUNTABLE,
        /// "200 students and 30 professors", "hundreds, perhaps thousands"
        SEVERAL_NUMBERS,
        /// "not 200", "half of the 200", "200 percent", "nearly all of the 200"
        QUALIFIED
    }
}
