package org.undersigned.server.count.box;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.undersigned.record.BoxId;
import org.undersigned.record.Manifest;
import org.undersigned.tlog.Hash;

/// Reads and writes the tables of the boxes, inside one transaction. No row holds a person, an address, a time
/// finer than the step of a promise, or an order of arrival.
final class BoxStore {
    private final Handle transaction;

    BoxStore(Handle transaction) {
        this.transaction = transaction;
    }

    /// What a box has published so far.
    record State(
            BoxId box,
            Manifest manifest,
            boolean closed,
            boolean superseded,
            long size,
            long registeredSize,
            Instant publishedAt) {}

    /// One cast leaf. In the table, `index` is null while the leaf waits, and `leaf` is null once the log holds it.
    record Cast(byte kind, byte[] nonce, Hash leafHash, byte[] leaf, String cls, int affiliation, Instant publishBy) {}

    record Known(Hash leafHash, Instant publishBy, boolean published, String cls, int affiliation) {}

    record Waiting(long leaves, Instant oldestPublishBy) {}

    record Counted(String cls, int affiliation, long entries, long withdrawals) {}

    void open(Manifest manifest, Instant now) {
        transaction
                .createUpdate("""
                        INSERT INTO box.box (box, manifest, closes, size, published_at)
                        VALUES (:box, :manifest, :closes, 0, :now) ON CONFLICT (box) DO NOTHING
                        """)
                .bind("box", manifest.box().value())
                .bind("manifest", manifest.leaf())
                .bind("closes", manifest.closes())
                .bind("now", now)
                .execute();
    }

    void setSuperseded(BoxId box, boolean isSuperseded) {
        transaction.execute(
                "UPDATE box.box SET superseded = ? WHERE box = ? AND superseded <> ?",
                isSuperseded,
                box.value(),
                isSuperseded);
    }

    Optional<State> state(BoxId box) {
        return transaction
                .createQuery("SELECT * FROM box.box WHERE box = :box")
                .bind("box", box.value())
                .map((row, _) -> state(row))
                .findOne();
    }

    List<State> allNotClosed() {
        return transaction
                .createQuery("SELECT * FROM box.box WHERE NOT closed OR registered_size < size ORDER BY box")
                .map((row, _) -> state(row))
                .list();
    }

    /// Locks a box's row until the transaction ends, so that a box has one publisher at a time, and increments the
    /// fence, which counts the publishers' turns. Returns empty if another publisher holds the lock.
    Optional<State> lockForPublishing(BoxId box) {
        return transaction
                .createQuery("""
                        UPDATE box.box SET fence = fence + 1
                        WHERE box = (SELECT box FROM box.box WHERE box = :box FOR UPDATE SKIP LOCKED)
                        RETURNING *
                        """)
                .bind("box", box.value())
                .map((row, _) -> state(row))
                .findOne();
    }

    /// Stores a leaf once. Returns false if its kind and nonce are already stored in this box, or the box is
    /// closed, or superseded and the leaf is an entry.
    boolean keep(BoxId box, Cast cast) {
        return bind(transaction.createUpdate("""
                        INSERT INTO box.leaf (box, kind, nonce, leaf_hash, leaf, class, affiliation, publish_by)
                        SELECT :box, :kind, :nonce, :leafHash, :leaf, :cls, :affiliation, :publishBy
                        FROM box.box WHERE box = :box AND NOT closed AND NOT (superseded AND :kind = 1) -- an entry
                        ON CONFLICT (box, kind, nonce) DO NOTHING
                        """), box, cast).execute() == 1;
    }

    Optional<Known> known(BoxId box, byte kind, byte[] nonce) {
        return transaction
                .createQuery("""
                        SELECT leaf_hash, publish_by, index IS NOT NULL AS published, class, affiliation
                        FROM box.leaf WHERE box = :box AND kind = :kind AND nonce = :nonce
                        """)
                .bind("box", box.value())
                .bind("kind", kind)
                .bind("nonce", nonce)
                .map((row, _) -> new Known(
                        Hash.of(row.getBytes("leaf_hash")),
                        row.getTimestamp("publish_by").toInstant(),
                        row.getBoolean("published"),
                        row.getString("class"),
                        row.getInt("affiliation")))
                .findOne();
    }

    Optional<Waiting> waiting(BoxId box) {
        return transaction
                .createQuery("SELECT count(*), min(publish_by) FROM box.leaf WHERE box = :box AND index IS NULL")
                .bind("box", box.value())
                .map((row, _) -> row.getLong(1) == 0
                        ? Optional.<Waiting>empty()
                        : Optional.of(
                                new Waiting(row.getLong(1), row.getTimestamp(2).toInstant())))
                .one();
    }

    /// Deletes up to `most` waiting leaves from the table and returns them in the order of their hashes;
    /// [#writeBack] writes them back.
    ///
    /// @param isOldestFirst false to choose them at random; PostgreSQL takes its UUIDs from a strong source
    List<Cast> takeBatch(BoxId box, long most, boolean isOldestFirst) {
        return transaction
                .createQuery("""
                        WITH batch AS (
                            DELETE FROM box.leaf WHERE (box, kind, nonce) IN (
                                SELECT box, kind, nonce FROM box.leaf WHERE box = :box AND index IS NULL
                                ORDER BY CASE WHEN :oldest THEN publish_by END, gen_random_uuid() LIMIT :most)
                            RETURNING *)
                        SELECT * FROM batch ORDER BY leaf_hash
                        """)
                .bind("box", box.value())
                .bind("most", most)
                .bind("oldest", isOldestFirst)
                .map((row, _) -> new Cast(
                        row.getByte("kind"),
                        row.getBytes("nonce"),
                        Hash.of(row.getBytes("leaf_hash")),
                        row.getBytes("leaf"),
                        row.getString("class"),
                        row.getInt("affiliation"),
                        row.getTimestamp("publish_by").toInstant()))
                .list();
    }

    /// Writes a batch back in the order of its publication, without the leaf's bytes, which the log now holds.
    void writeBack(BoxId box, List<Cast> batch, long firstIndex) {
        var rows = transaction.prepareBatch("""
                INSERT INTO box.leaf (box, kind, nonce, leaf_hash, class, affiliation, publish_by, index)
                VALUES (:box, :kind, :nonce, :leafHash, :cls, :affiliation, :publishBy, :index)
                """);
        for (var i = 0; i < batch.size(); i++) {
            var cast = batch.get(i);
            bind(rows, box, cast).bind("index", firstIndex + i).add();
        }
        if (!batch.isEmpty()) rows.execute();
    }

    void count(BoxId box, String cls, int affiliation, long entries, long withdrawals) {
        transaction
                .createUpdate("""
                        INSERT INTO box.count (box, class, affiliation, entries, withdrawals)
                        VALUES (:box, :cls, :affiliation, :entries, :withdrawals)
                        ON CONFLICT (box, class, affiliation) DO UPDATE SET
                            entries = box.count.entries + :entries,
                            withdrawals = box.count.withdrawals + :withdrawals
                        """)
                .bind("box", box.value())
                .bind("cls", cls)
                .bind("affiliation", affiliation)
                .bind("entries", entries)
                .bind("withdrawals", withdrawals)
                .execute();
    }

    void setSize(BoxId box, long size, Instant now) {
        transaction
                .createUpdate("UPDATE box.box SET size = :size, published_at = :now WHERE box = :box")
                .bind("box", box.value())
                .bind("size", size)
                .bind("now", now)
                .execute();
    }

    void registered(BoxId box, long size) {
        transaction
                .createUpdate("UPDATE box.box SET registered_size = greatest(registered_size, :size) WHERE box = :box")
                .bind("box", box.value())
                .bind("size", size)
                .execute();
    }

    void close(BoxId box) {
        transaction.execute("UPDATE box.box SET closed = true WHERE box = ?", box.value());
    }

    void keepStatement(BoxId box, byte[] nonce, byte[] statement) {
        transaction.execute(
                "INSERT INTO box.statement (box, nonce, statement) VALUES (?, ?, ?)", box.value(), nonce, statement);
    }

    void forgetStatement(BoxId box, byte[] nonce) {
        transaction.execute("DELETE FROM box.statement WHERE box = ? AND nonce = ?", box.value(), nonce);
    }

    private static State state(ResultSet row) throws SQLException {
        return new State(
                BoxId.of(row.getString("box")),
                Manifest.parse(row.getBytes("manifest")),
                row.getBoolean("closed"),
                row.getBoolean("superseded"),
                row.getLong("size"),
                row.getLong("registered_size"),
                row.getTimestamp("published_at").toInstant());
    }

    private static <S extends SqlStatement<S>> S bind(S statement, BoxId box, Cast cast) {
        return statement
                .bind("box", box.value())
                .bind("kind", cast.kind())
                .bind("nonce", cast.nonce())
                .bind("leafHash", cast.leafHash().bytes())
                .bind("leaf", cast.leaf())
                .bind("cls", cast.cls())
                .bind("affiliation", cast.affiliation())
                .bind("publishBy", cast.publishBy());
    }
}
