package org.undersigned.server.count.moderation;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.BoxId;
import org.undersigned.record.Manifest;
import org.undersigned.record.Statement;
import org.undersigned.server.platform.db.ChangeNotifier;
import org.undersigned.server.platform.db.ChangeNotifier.Change;
import org.undersigned.tlog.Hash;

/// Moderation of statements: a moderator reads each statement after its entry is published, then shows or deletes
/// it; the decision is recorded with the moderator's name. Before publication a moderator could see when the
/// statement came. A statement that its author withdraws is deleted at once, whether it is shown or not.
public final class Moderation {
    private final Jdbi jdbi;
    private final Clock clock;

    public Moderation(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /// A box with the number of its statements that wait and the number of those that are shown.
    public record StatementQueue(Manifest manifest, int waiting, int shown) {}

    /// A statement that a moderator decides about.
    ///
    /// @param nonce       nonce of its entry, 32 bytes
    /// @param affiliation 0 is "not said", else 1 + the index in the manifest's list
    public record PendingStatement(BoxId box, byte[] nonce, Hash hash, Statement statement, int affiliation) {}

    /// A recorded decision about a statement.
    ///
    /// @param statement SHA-256 of its bytes, as in its entry in the log
    /// @param reason    why the moderator deleted it; null if the moderator showed it
    public record Decision(Hash statement, @Nullable DeletionReason reason, String moderator, LocalDate day) {}

    /// Returns every opened box with the numbers of its statements.
    public List<StatementQueue> queues() {
        return jdbi.withHandle(handle -> new ModerationStore(handle).queues());
    }

    public List<PendingStatement> waiting(BoxId box) {
        return jdbi.withHandle(handle -> new ModerationStore(handle).cases(box, false));
    }

    public List<PendingStatement> shown(BoxId box) {
        return jdbi.withHandle(handle -> new ModerationStore(handle).cases(box, true));
    }

    /// Shows the statement on the public pages.
    ///
    /// @return false if it no longer exists or is already shown; then nothing changes
    public boolean show(PendingStatement what, String moderator) {
        return jdbi.inTransaction(transaction -> {
            var store = new ModerationStore(transaction);
            if (!store.show(what.box(), what.nonce())) return false;
            store.addDecision(what.box(), what.hash(), null, moderator, today());
            ChangeNotifier.notifyOnCommit(transaction, Change.STATEMENT);
            return true;
        });
    }

    /// Deletes the statement permanently, whether it was shown or waiting. The signature stays and counts.
    ///
    /// @return false if it no longer exists; then nothing changes
    public boolean delete(PendingStatement what, DeletionReason reason, String moderator) {
        return jdbi.inTransaction(transaction -> {
            var store = new ModerationStore(transaction);
            if (!store.delete(what.box(), what.nonce())) return false;
            store.addDecision(what.box(), what.hash(), reason, moderator, today());
            ChangeNotifier.notifyOnCommit(transaction, Change.STATEMENT);
            return true;
        });
    }

    /// Oldest first.
    public List<Decision> decisions(BoxId box) {
        return jdbi.withHandle(handle -> new ModerationStore(handle).decisions(box));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
