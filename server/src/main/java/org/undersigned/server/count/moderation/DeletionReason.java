package org.undersigned.server.count.moderation;

import java.util.Arrays;
import java.util.Optional;

/// The reasons for which a moderator may delete a statement. They are the same for every side.
public enum DeletionReason {
    ABUSE("abuse", "abuse or a threat"),
    OTHERS("others", "it reveals private facts about another person"),
    IMPERSONATION("impersonation", "it uses another person's name"),
    ADVERTISING("advertising", "advertising"),
    ASKED("asked", "its author requested the deletion");

    private final String word;
    private final String meaning;

    DeletionReason(String word, String meaning) {
        this.word = word;
        this.meaning = meaning;
    }

    /// The word that the database stores.
    public String word() {
        return word;
    }

    /// The text that a moderator reads.
    public String meaning() {
        return meaning;
    }

    static Optional<DeletionReason> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
    }
}
