package org.undersigned.server.count.box;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import org.jdbi.v3.core.Handle;
import org.undersigned.record.BoxId;
import org.undersigned.record.Manifest;

/// Reads what all boxes have published, in a fixed number of SQL queries for any number of boxes.
final class PublishedStore {
    private final Handle transaction;

    PublishedStore(Handle transaction) {
        this.transaction = transaction;
    }

    private record Row(String box, BoxStore.Counted counted) {}

    private record StatementRow(String box, PublicStatement statement) {}

    private record Grown(String box, Boxes.Batch batch) {}

    /// Each box that has published, with its counts and batches.
    ///
    /// @param known manifests that were parsed before; new ones are added
    List<Boxes.Published> all(ConcurrentMap<BoxId, Manifest> known) {
        var counts = new HashMap<String, List<BoxStore.Counted>>();
        transaction
                .createQuery("SELECT * FROM box.count ORDER BY box, class, affiliation")
                .map((row, _) -> new Row(
                        row.getString("box"),
                        new BoxStore.Counted(
                                row.getString("class"),
                                row.getInt("affiliation"),
                                row.getLong("entries"),
                                row.getLong("withdrawals"))))
                .forEach(row -> counts.computeIfAbsent(row.box(), _ -> new ArrayList<>())
                        .add(row.counted()));
        var batches = batches();
        var statements = statements();
        return transaction
                .createQuery("""
                        SELECT b.box, b.manifest, b.closed, l.size, l.note FROM box.box b JOIN box.log l ON l.log = b.box
                        ORDER BY b.box
                        """)
                .map((row, _) -> {
                    var box = row.getString("box");
                    var bytes = row.getBytes("manifest");
                    var manifest = known.computeIfAbsent(BoxId.of(box), _ -> Manifest.parse(bytes));
                    return new Boxes.Published(
                            manifest,
                            row.getBoolean("closed"),
                            row.getLong("size"),
                            row.getString("note"),
                            Boxes.counts(manifest, counts.getOrDefault(box, List.of())),
                            batches.getOrDefault(box, List.of()),
                            statements.getOrDefault(box, List.of()));
                })
                .list();
    }

    private Map<String, List<Boxes.Batch>> batches() {
        var batches = new HashMap<String, List<Boxes.Batch>>();
        transaction
                .createQuery("""
                        SELECT box, class, size, published_at, standing FROM (
                            SELECT *, row_number() OVER (PARTITION BY box, class ORDER BY size) AS n,
                                count(*) OVER (PARTITION BY box, class) AS batches
                            FROM box.batch) numbered
                        WHERE n = batches OR n % (batches / 300 + 1) = 0 ORDER BY box, size, class
                        """)
                .map((row, _) -> new Grown(
                        row.getString("box"),
                        new Boxes.Batch(
                                row.getString("class"),
                                row.getLong("size"),
                                row.getTimestamp("published_at").toInstant(),
                                row.getLong("standing"))))
                .forEach(row -> batches.computeIfAbsent(row.box(), _ -> new ArrayList<>())
                        .add(row.batch()));
        return batches;
    }

    /// At most three shown statements of each box, for its page; those with a comment come first.
    private Map<String, List<PublicStatement>> statements() {
        var statements = new HashMap<String, List<PublicStatement>>();
        transaction
                .createQuery("""
                        SELECT b.box, few.statement, few.affiliation FROM box.box b CROSS JOIN LATERAL (
                            SELECT s.statement, s.nonce, l.affiliation,
                                substring(s.statement FOR 10) <> '\\x7b22636f6d6d656e7422' AS mute -- as indexed
                            FROM box.statement s JOIN box.leaf l ON l.box = s.box AND l.kind = 1 AND l.nonce = s.nonce
                            WHERE s.box = b.box AND s.shown ORDER BY mute, s.nonce LIMIT 3) few
                        ORDER BY b.box, few.mute, few.nonce
                        """)
                .map((row, _) -> new StatementRow(
                        row.getString("box"), PublicStatement.of(row.getBytes("statement"), row.getInt("affiliation"))))
                .forEach(row -> statements
                        .computeIfAbsent(row.box(), _ -> new ArrayList<>())
                        .add(row.statement()));
        return statements;
    }

    /// All shown statements of a box, at most `most`, ordered by nonce, which reveals nothing.
    List<PublicStatement> statements(BoxId box, int most) {
        return transaction
                .createQuery("""
                        SELECT s.statement, l.affiliation FROM box.statement s
                            JOIN box.leaf l ON l.box = s.box AND l.kind = 1 AND l.nonce = s.nonce
                        WHERE s.box = :box AND s.shown ORDER BY s.nonce LIMIT :most
                        """)
                .bind("box", box.value())
                .bind("most", most)
                .map((row, _) -> PublicStatement.of(row.getBytes("statement"), row.getInt("affiliation")))
                .list();
    }

    /// Stores the count of each class now that the box has `size` leaves. The stored time is later than that of the
    /// batch before, even if the clock has been set back since.
    void addBatch(String box, long size, Instant now) {
        transaction
                .createUpdate("""
                        INSERT INTO box.batch (box, class, size, published_at, standing)
                        SELECT box, class, :size,
                            greatest(CAST(:now AS timestamptz), (
                                SELECT max(published_at) + interval '1 ms' FROM box.batch WHERE box = :box)),
                            sum(entries - withdrawals)
                        FROM box.count WHERE box = :box GROUP BY box, class
                        ON CONFLICT DO NOTHING
                        """)
                .bind("box", box)
                .bind("size", size)
                .bind("now", now)
                .execute();
    }
}
