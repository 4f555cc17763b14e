package org.undersigned.server.count.moderation;

import java.util.Arrays;
import java.util.Optional;

/// The reasons for which a moderator may delete a statement. They are the same for every side.
public enum DeletionReason {
    ABUSE("abuse", "abuse or a threat"),
    OTHERS("others", "it tells of somebody else what is theirs to tell"),
    IMPERSONATION("impersonation", "it is signed with somebody else's name"),
    ADVERTISING("advertising", "advertising"),
    ASKED("asked", "who wrote it asks for it");

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
