package org.undersigned.server.count.roll;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Reads and writes the tables of the cards, inside one transaction. No row holds a card's code.
final class CardStore {
    private final Handle transaction;

    CardStore(Handle transaction) {
        this.transaction = transaction;
    }

    /// @param ended true if no draw uses its cards any more
    /// @param drawn how many of its cards drew a book; final once it ended
    record BatchRow(String batch, String roll, int cards, Instant until, boolean ended, int drawn) {}

    /// Makes draws with cards wait until the transaction ends. An advisory lock leaves no trace in a row.
    void lockDraws() {
        transaction.execute("SELECT pg_advisory_xact_lock(hashtext('undersigned/cards'))");
    }

    /// Makes [#lockDraws] wait until the transaction ends.
    void lockEnds() {
        transaction.execute("SELECT pg_advisory_xact_lock_shared(hashtext('undersigned/cards'))");
    }

    /// @param tags of the cards, sorted
    void add(String batch, String roll, Instant until, List<byte[]> tags) {
        transaction
                .createUpdate("""
                        INSERT INTO roll.card_batch (batch, roll, cards, until) VALUES (:batch, :roll, :cards, :until)
                        """)
                .bind("batch", batch)
                .bind("roll", roll)
                .bind("cards", tags.size())
                .bind("until", until)
                .execute();
        var rows = transaction.prepareBatch("INSERT INTO roll.card (tag, batch) VALUES (:tag, :batch)");
        for (var tag : tags) rows.bind("tag", tag).bind("batch", batch).add();
        rows.execute();
    }

    List<BatchRow> batches() {
        return transaction
                .createQuery("""
                        SELECT batch, card_batch.roll, cards, until, ended, count(book.tag)::integer
                        FROM roll.card_batch JOIN roll.card USING (batch) LEFT JOIN roll.book USING (tag)
                        GROUP BY batch ORDER BY until, batch
                        """)
                .map((row, _) -> new BatchRow(
                        row.getString(1),
                        row.getString(2),
                        row.getInt(3),
                        row.getTimestamp(4).toInstant(),
                        row.getBoolean(5),
                        row.getInt(6)))
                .list();
    }

    Optional<BatchRow> batch(String batch) {
        return batches().stream().filter(one -> one.batch().equals(batch)).findFirst();
    }

    /// The batch of the card with this tag, if its time is not over at `now`.
    Optional<String> batchOf(byte[] tag, Instant now) {
        return transaction
                .createQuery("""
                        SELECT batch FROM roll.card JOIN roll.card_batch USING (batch)
                        WHERE tag = :tag AND until > :now AND NOT ended
                        """)
                .bind("tag", tag)
                .bind("now", now)
                .mapTo(String.class)
                .findOne();
    }

    /// Ends a batch at `at`. Returns false if there is none, or it ended before.
    boolean end(String batch, Instant at) {
        return transaction.execute(
                        "UPDATE roll.card_batch SET until = least(until, ?), ended = true WHERE batch = ? AND NOT ended",
                        at,
                        batch)
                == 1;
    }

    /// Ends every batch whose time is over at `now`.
    void endOver(Instant now) {
        transaction.execute("UPDATE roll.card_batch SET ended = true WHERE until <= ? AND NOT ended", now);
    }

    void delete(String batch) {
        transaction.execute("DELETE FROM roll.card WHERE batch = ?", batch);
        transaction.execute("DELETE FROM roll.card_batch WHERE batch = ?", batch);
    }
}
