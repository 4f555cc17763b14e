package org.undersigned.server.content.coverage;

/// Bounds and their origin; a page shows both next to the printed words.
public record SourcedBounds(Bounds bounds, Basis basis) {
    public enum Basis {
        /// The printed words themselves state the bounds.
        PRINTED,
        /// The organization published this number for this word.
        RULE,
        /// The organization published numbers for similar words and added "and so forth".
        RULE_AND_SO_FORTH,
        /// The organization published no number for this word or this measure; the bounds are those of the
        /// printed words.
        NOT_DOCUMENTED,
        /// The editor of the campaign set the bounds; they are the same in every rule set.
        EDITOR
    }
}
