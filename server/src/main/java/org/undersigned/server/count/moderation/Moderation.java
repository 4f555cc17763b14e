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
import org.undersigned.tlog.Hash;

/// What moderators do: read each statement once its entry is published (before that, when it came would be told),
/// show it or delete it, and be written down with it. A statement that its writer withdraws is gone at once, shown
/// or not.
public final class Moderation {
    private final Jdbi jdbi;
    private final Clock clock;

    public Moderation(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /// A box, and how much there is to read.
    public record StatementQueue(Manifest manifest, int waiting, int shown) {}

    /// A statement to decide about.
    ///
    /// @param nonce       of its entry, 32 bytes
    /// @param affiliation 0 is "not said", else 1 + the index in the manifest's list
    public record Case(BoxId box, byte[] nonce, Hash hash, Statement statement, int affiliation) {}

    /// What was decided.
    ///
    /// @param statement SHA-256 of its bytes, as it stands in the record
    /// @param reason    why it is not shown; null if it was then
    public record Decision(Hash statement, @Nullable DeletionReason reason, String moderator, LocalDate day) {}

    /// Every box.
    public List<StatementQueue> queues() {
        return jdbi.withHandle(handle -> new ModerationStore(handle).queues());
    }

    public List<Case> waiting(BoxId box) {
        return jdbi.withHandle(handle -> new ModerationStore(handle).cases(box, false));
    }

    public List<Case> shown(BoxId box) {
        return jdbi.withHandle(handle -> new ModerationStore(handle).cases(box, true));
    }

    /// Shows it to everybody.
    ///
    /// @return false if it is no longer there, or shown already: nothing was done
    public boolean show(Case what, String moderator) {
        return jdbi.inTransaction(transaction -> {
            var store = new ModerationStore(transaction);
            if (!store.show(what.box(), what.nonce())) return false;
            store.decided(what.box(), what.hash(), null, moderator, today());
            ChangeNotifier.notifyOnCommit(transaction);
            return true;
        });
    }

    /// Deletes it for good, whether it was shown or waited. The signature stays and counts.
    ///
    /// @return false if it is no longer there: nothing was done
    public boolean delete(Case what, DeletionReason reason, String moderator) {
        return jdbi.inTransaction(transaction -> {
            var store = new ModerationStore(transaction);
            if (!store.forget(what.box(), what.nonce())) return false;
            store.decided(what.box(), what.hash(), reason, moderator, today());
            ChangeNotifier.notifyOnCommit(transaction);
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
