package org.undersigned.server.count.moderation;

import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.BoxId;
import org.undersigned.record.Manifest;
import org.undersigned.record.Statement;
import org.undersigned.tlog.Hash;

/// Reads and writes a box's statements and the decisions about them, inside one transaction.
final class ModerationStore {
    private final Handle transaction;

    ModerationStore(Handle transaction) {
        this.transaction = transaction;
    }

    /// Every box that has opened, with the number of its statements that wait and the number of those that are
    /// shown. Only statements of published entries count.
    List<Moderation.StatementQueue> queues() {
        return transaction
                .createQuery("""
                        SELECT b.manifest, count(*) FILTER (WHERE l.nonce IS NOT NULL AND NOT s.shown) AS waiting,
                            count(*) FILTER (WHERE l.nonce IS NOT NULL AND s.shown) AS shown
                        FROM box.box b LEFT JOIN box.statement s ON s.box = b.box
                            LEFT JOIN box.leaf l
                                ON l.box = s.box AND l.kind = 1 AND l.nonce = s.nonce AND l.index IS NOT NULL
                        GROUP BY b.box, b.manifest ORDER BY b.box
                        """)
                .map((row, _) -> new Moderation.StatementQueue(
                        Manifest.parse(row.getBytes("manifest")), row.getInt("waiting"), row.getInt("shown")))
                .list();
    }

    /// Statements of published entries of a box, ordered by nonce, which reveals nothing.
    List<Moderation.PendingStatement> cases(BoxId box, boolean shown) {
        return transaction
                .createQuery("""
                        SELECT s.nonce, s.statement, l.affiliation FROM box.statement s
                            JOIN box.leaf l ON l.box = s.box AND l.kind = 1 AND l.nonce = s.nonce
                        WHERE s.box = :box AND s.shown = :shown AND l.index IS NOT NULL ORDER BY s.nonce
                        """)
                .bind("box", box.value())
                .bind("shown", shown)
                .map((row, _) -> {
                    var bytes = row.getBytes("statement");
                    return new Moderation.PendingStatement(
                            box,
                            row.getBytes("nonce"),
                            Hash.sha256(bytes),
                            Statement.parse(bytes),
                            row.getInt("affiliation"));
                })
                .list();
    }

    /// @return true if the statement existed and was not shown yet
    boolean show(BoxId box, byte[] nonce) {
        return transaction.execute(
                        "UPDATE box.statement SET shown = true WHERE box = ? AND nonce = ? AND NOT shown",
                        box.value(),
                        nonce)
                == 1;
    }

    /// @return true if the statement existed
    boolean delete(BoxId box, byte[] nonce) {
        return transaction.execute("DELETE FROM box.statement WHERE box = ? AND nonce = ?", box.value(), nonce) == 1;
    }

    /// @param reason why the moderator deleted it; null if the moderator showed it
    void addDecision(BoxId box, Hash statement, @Nullable DeletionReason reason, String moderator, LocalDate day) {
        transaction.execute(
                "INSERT INTO box.decision (box, statement_hash, shown, reason, moderator, decided_on)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                box.value(),
                statement.bytes(),
                reason == null,
                reason == null ? null : reason.word(),
                moderator,
                day);
    }

    /// The decisions about a box's statements, oldest first.
    List<Moderation.Decision> decisions(BoxId box) {
        return transaction
                .createQuery("SELECT * FROM box.decision WHERE box = :box ORDER BY id")
                .bind("box", box.value())
                .map((row, _) -> new Moderation.Decision(
                        Hash.of(row.getBytes("statement_hash")),
                        row.getString("reason") == null
                                ? null
                                : DeletionReason.of(row.getString("reason")).orElseThrow(),
                        row.getString("moderator"),
                        row.getObject("decided_on", LocalDate.class)))
                .list();
    }
}
