package org.undersigned.server.count.box;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
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

    /// What makes a leaf unique.
    ///
    /// @param kind [Boxes#ENTRY] or [Boxes#WITHDRAWAL]
    record Key(BoxId box, byte kind, Hash nonce) {
        private static Key of(ResultSet row) throws SQLException {
            return new Key(BoxId.of(row.getString("box")), row.getByte("kind"), Hash.of(row.getBytes("nonce")));
        }
    }

    /// One cast leaf. In the table, `index` is null while the leaf waits, and `leaf` is null once the log holds it.
    record Cast(Key key, Hash leafHash, byte[] leaf, String cls, int affiliation, Instant publishBy) {}

    /// What is stored of a leaf.
    record Known(Hash leafHash, Instant publishBy, boolean published, String cls, int affiliation) {
        private static Known of(ResultSet row) throws SQLException {
            return new Known(
                    Hash.of(row.getBytes("leaf_hash")),
                    row.getTimestamp("publish_by").toInstant(),
                    row.getObject("index") != null,
                    row.getString("class"),
                    row.getInt("affiliation"));
        }
    }

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

    /// Every box that was opened, and whether it is superseded.
    Map<BoxId, Boolean> superseded() {
        return transaction
                .createQuery("SELECT box, superseded FROM box.box")
                .reduceResultSet(new HashMap<>(), (states, row, _) -> {
                    states.put(BoxId.of(row.getString(1)), row.getBoolean(2));
                    return states;
                });
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

    /// The boxes that have something to publish: leaves wait, or there is no checkpoint yet. Does not read the others.
    List<BoxId> unpublished() {
        return transaction
                .createQuery("""
                        WITH RECURSIVE waiting AS (
                            SELECT min(box) AS box FROM box.leaf WHERE index IS NULL
                            UNION ALL
                            SELECT (SELECT min(box) FROM box.leaf WHERE index IS NULL AND box > waiting.box)
                            FROM waiting WHERE waiting.box IS NOT NULL)
                        SELECT box FROM waiting WHERE box IS NOT NULL
                        UNION SELECT box FROM box.box WHERE size = 0
                        ORDER BY box
                        """)
                .map((row, _) -> BoxId.of(row.getString(1)))
                .list();
    }

    /// The boxes whose newest checkpoint is not in the ledger.
    List<State> unregistered() {
        return transaction
                .createQuery("SELECT * FROM box.box WHERE registered_size < size ORDER BY box")
                .map((row, _) -> state(row))
                .list();
    }

    /// The boxes that are not closed though their time ended before `moment`.
    List<State> endedBefore(Instant moment) {
        return transaction
                .createQuery("SELECT * FROM box.box WHERE NOT closed AND closes < :moment ORDER BY box")
                .bind("moment", moment)
                .map((row, _) -> state(row))
                .list();
    }

    /// Locks a box's row until the transaction ends, so that a box has one publisher at a time. Returns empty if
    /// another publisher holds the lock.
    Optional<State> lockForPublishing(BoxId box) {
        return transaction
                .createQuery("SELECT * FROM box.box WHERE box = :box FOR UPDATE SKIP LOCKED")
                .bind("box", box.value())
                .map((row, _) -> state(row))
                .findOne();
    }

    /// Stores each leaf once, in an order that is not that of the list. A leaf is not stored if its key is already
    /// stored, or its box is closed, or superseded and the leaf is an entry.
    ///
    /// @return the leaves that are new
    Map<Key, Known> keep(List<Cast> casts) {
        return bind(transaction.createQuery("""
                        INSERT INTO box.leaf (box, kind, nonce, leaf_hash, leaf, class, affiliation, publish_by)
                        SELECT box, kind, nonce, leaf_hash, leaf, class, affiliation, to_timestamp(publish_by)
                        FROM unnest(:boxes, :kinds, :nonces, :leafHashes, :leaves, :classes, :affiliations, :publishBy)
                            AS a (box, kind, nonce, leaf_hash, leaf, class, affiliation, publish_by)
                            JOIN box.box USING (box)
                        WHERE NOT closed AND NOT (superseded AND kind = 1) -- an entry
                        ORDER BY box, kind, nonce -- so that two transactions cannot deadlock
                        ON CONFLICT (box, kind, nonce) DO NOTHING
                        RETURNING *
                        """), casts)
                .bind("leaves", array(casts, Cast::leaf))
                .reduceResultSet(new HashMap<>(), BoxStore::put);
    }

    /// Those of the leaves whose keys are stored. Waits for nobody who publishes them.
    Map<Key, Known> known(List<Cast> casts) {
        return bind(transaction.createQuery("""
                        SELECT leaf.* FROM box.leaf
                            JOIN (SELECT DISTINCT * FROM unnest(:boxes, :kinds, :nonces) AS a (box, kind, nonce)) AS asked
                            USING (box, kind, nonce)
                        """), casts).reduceResultSet(new HashMap<>(), BoxStore::put);
    }

    private static Map<Key, Known> put(Map<Key, Known> all, ResultSet row, StatementContext context)
            throws SQLException {
        all.put(Key.of(row), Known.of(row));
        return all;
    }

    Optional<Known> known(Key key) {
        return transaction
                .createQuery("SELECT * FROM box.leaf WHERE box = :box AND kind = :kind AND nonce = :nonce")
                .bind("box", key.box().value())
                .bind("kind", key.kind())
                .bind("nonce", key.nonce().bytes())
                .map((row, _) -> Known.of(row))
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
                        Key.of(row),
                        Hash.of(row.getBytes("leaf_hash")),
                        row.getBytes("leaf"),
                        row.getString("class"),
                        row.getInt("affiliation"),
                        row.getTimestamp("publish_by").toInstant()))
                .list();
    }

    /// Writes a batch back in the order of its publication, without the leaf's bytes, which the log now holds.
    void writeBack(List<Cast> batch, long firstIndex) {
        bind(transaction.createUpdate("""
                        INSERT INTO box.leaf (box, kind, nonce, leaf_hash, class, affiliation, publish_by, index)
                        SELECT box, kind, nonce, leaf_hash, class, affiliation, to_timestamp(publish_by), :first + n - 1
                        FROM unnest(:boxes, :kinds, :nonces, :leafHashes, :classes, :affiliations, :publishBy)
                            WITH ORDINALITY AS a (box, kind, nonce, leaf_hash, class, affiliation, publish_by, n)
                        ORDER BY n
                        """), batch).bind("first", firstIndex).execute();
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

    void keepStatement(Key entry, byte[] statement) {
        transaction.execute(
                "INSERT INTO box.statement (box, nonce, statement) VALUES (?, ?, ?)",
                entry.box().value(),
                entry.nonce().bytes(),
                statement);
    }

    void forgetStatement(Key leaf) {
        transaction.execute(
                "DELETE FROM box.statement WHERE box = ? AND nonce = ?",
                leaf.box().value(),
                leaf.nonce().bytes());
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

    /// Binds the columns of all rows but those of the leaves' bytes.
    private static <S extends SqlStatement<S>> S bind(S statement, List<Cast> casts) {
        return statement
                .bind(
                        "boxes",
                        casts.stream().map(cast -> cast.key().box().value()).toArray(String[]::new))
                .bind(
                        "kinds",
                        casts.stream().map(cast -> (int) cast.key().kind()).toArray(Integer[]::new))
                .bind("nonces", array(casts, cast -> cast.key().nonce().bytes()))
                .bind("leafHashes", array(casts, cast -> cast.leafHash().bytes()))
                .bind("classes", casts.stream().map(Cast::cls).toArray(String[]::new))
                .bind("affiliations", casts.stream().map(Cast::affiliation).toArray(Integer[]::new))
                .bind(
                        "publishBy",
                        casts.stream()
                                .map(cast -> cast.publishBy().getEpochSecond())
                                .toArray(Long[]::new));
    }

    private static Argument array(List<Cast> casts, Function<Cast, byte[]> column) {
        var bytes = casts.stream().map(column).toArray(byte[][]::new);
        return (position, statement, _) ->
                statement.setArray(position, statement.getConnection().createArrayOf("bytea", bytes));
    }
}
