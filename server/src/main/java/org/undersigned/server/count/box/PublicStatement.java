package org.undersigned.server.count.box;

import org.jspecify.annotations.Nullable;
import org.undersigned.record.Statement;

/// A signer's public statement, after a moderator has read it. It has neither the salt nor the entry that it
/// belongs to, because these would reveal in which batch the person signed.
///
/// @param affiliation 0 is "not said", else 1 + the index in the manifest's list
public record PublicStatement(
        @Nullable String name, @Nullable String comment, int affiliation) {
    static PublicStatement of(byte[] statement, int affiliation) {
        var said = Statement.parse(statement);
        return new PublicStatement(said.name(), said.comment(), affiliation);
    }
}
