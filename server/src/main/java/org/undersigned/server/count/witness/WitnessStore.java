package org.undersigned.server.count.witness;

import java.io.IOException;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.Tree;
import org.undersigned.tlog.witness.WitnessState;

/// Stores in PostgreSQL the tree that this instance cosigned last for each log, and its sealed witness key. Crash
/// story: one statement replaces the previous tree, and it is committed before anything is cosigned; the log
/// requests a cosignature again if it was lost on its way. Two nodes of an instance may cosign at once: the
/// statement succeeds for only one of them.
final class WitnessStore implements WitnessState {
    /// Changes one row, or none if the stored tree is not the expected one. The empty tree has no row.
    private static final String REPLACE = """
            INSERT INTO register.witnessed AS known (origin, size, root)
            SELECT :origin, :size, :root
            WHERE :expectedSize = 0 OR EXISTS (SELECT FROM register.witnessed WHERE origin = :origin)
            ON CONFLICT (origin) DO UPDATE SET size = :size, root = :root
            WHERE known.size = :expectedSize AND known.root = :expectedRoot
            """;

    private final Jdbi jdbi;

    WitnessStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Optional<byte[]> sealedSeed() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT seed_sealed FROM register.witness")
                .mapTo(byte[].class)
                .findOne());
    }

    /// Stores the seed unless one is stored already.
    void keep(byte[] sealedSeed) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "INSERT INTO register.witness (seed_sealed) VALUES (:seed) ON CONFLICT DO NOTHING")
                .bind("seed", sealedSeed)
                .execute());
    }

    @Override
    public Tree latest(String origin) throws IOException {
        try {
            return jdbi.withHandle(handle -> handle.createQuery(
                            "SELECT size, root FROM register.witnessed WHERE origin = :origin")
                    .bind("origin", origin)
                    .map((row, _) -> new Tree(row.getLong("size"), Hash.of(row.getBytes("root"))))
                    .findOne()
                    .orElse(Tree.EMPTY));
        } catch (JdbiException e) {
            throw new IOException("the tree that was cosigned last cannot be read", e);
        }
    }

    @Override
    public boolean replace(String origin, Tree expected, Tree next) throws IOException {
        try {
            return 1
                    == jdbi.withHandle(handle -> handle.createUpdate(REPLACE)
                            .bind("origin", origin)
                            .bind("size", next.size())
                            .bind("root", next.root().bytes())
                            .bind("expectedSize", expected.size())
                            .bind("expectedRoot", expected.root().bytes())
                            .execute());
        } catch (JdbiException e) {
            throw new IOException("the tree to cosign cannot be stored", e);
        }
    }
}
