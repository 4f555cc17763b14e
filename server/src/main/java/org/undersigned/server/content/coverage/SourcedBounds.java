package org.undersigned.server.content.coverage;

/// Bounds and where they come from; a page shows both, beside the printed words.
public record SourcedBounds(Bounds bounds, Basis basis) {
    public enum Basis {
        /// The words say so themselves.
        PRINTED,
        /// The organization wrote this number for this word.
        RULE,
        /// The organization wrote numbers for like words, "and so forth".
        RULE_AND_SO_FORTH,
        /// The organization wrote no number for this word or this measure: as printed.
        NOT_DOCUMENTED,
        /// Given by the editor of the campaign, whatever the rule set.
        EDITOR
    }
}
