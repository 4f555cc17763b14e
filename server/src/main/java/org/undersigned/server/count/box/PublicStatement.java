package org.undersigned.server.count.box;

import org.jspecify.annotations.Nullable;
import org.undersigned.record.Statement;

/// What a signer says in public, after a moderator has read it: without the salt and the entry it belongs to, which
/// would tell in which batch they signed.
///
/// @param affiliation 0 is "not said", else 1 + the index in the manifest's list
public record PublicStatement(
        @Nullable String name, @Nullable String comment, int affiliation) {
    static PublicStatement of(byte[] statement, int affiliation) {
        var said = Statement.parse(statement);
        return new PublicStatement(said.name(), said.comment(), affiliation);
    }
}
