package org.undersigned.server.count.roll;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// Reads and writes the tables of the roll, inside one transaction. No row holds an address, a name or a token.
final class RollStore {
    private final Handle transaction;

    RollStore(Handle transaction) {
        this.transaction = transaction;
    }

    record RollRow(String roll, byte[] sealedKey, Instant yearEnds, Set<String> folds) {}

    /// @param isSeparate true if the same name at this domain is another person than at the roll's other domains
    record DomainRow(String roll, boolean isSeparate) {
        /// A domain of no roll.
        static final DomainRow NONE = new DomainRow("", false);
    }

    record NewIssuerKey(byte[] keyId, String box, String cls, byte[] sealedPrivateKey) {}

    /// @param number a short name of the key in this table
    record IssuerKeyRow(int number, String box, String cls, byte[] sealedPrivateKey) {}

    /// The number of books that a tally of `day` publishes.
    record PendingTally(String roll, String cls, LocalDate day, int books) {}

    /// The roll of an enrolled campus.
    Optional<RollRow> rollWith(String campus) {
        return transaction
                .createQuery("""
                        SELECT roll, key_sealed, year_ends, folds FROM roll.campus JOIN roll.roll USING (roll)
                        WHERE campus = :campus
                        """)
                .bind("campus", campus)
                .map((row, _) -> row(row))
                .findOne();
    }

    List<RollRow> rolls() {
        return transaction
                .createQuery("SELECT roll, key_sealed, year_ends, folds FROM roll.roll ORDER BY roll")
                .map((row, _) -> row(row))
                .list();
    }

    private static RollRow row(ResultSet row) throws SQLException {
        return new RollRow(
                row.getString(1), row.getBytes(2), row.getTimestamp(3).toInstant(), Set.of((String[])
                        row.getArray(4).getArray()));
    }

    void addRoll(RollRow roll) {
        transaction
                .createUpdate("""
                        INSERT INTO roll.roll (roll, key_sealed, year_ends, folds) VALUES (:roll, :key, :ends, :folds)
                        """)
                .bind("roll", roll.roll())
                .bind("key", roll.sealedKey())
                .bind("ends", roll.yearEnds())
                .bind("folds", roll.folds().toArray(String[]::new))
                .execute();
    }

    /// Starts a new roll-year: replaces the old key and deletes everything that was made with it.
    void startNewYear(RollRow roll) {
        transaction.execute(
                "DELETE FROM roll.issued WHERE tag IN (SELECT tag FROM roll.book WHERE roll = ?)", roll.roll());
        transaction.execute("DELETE FROM roll.book WHERE roll = ?", roll.roll());
        transaction.execute("DELETE FROM roll.tallied WHERE roll = ?", roll.roll());
        transaction
                .createUpdate("UPDATE roll.roll SET key_sealed = :key, year_ends = :ends WHERE roll = :roll")
                .bind("roll", roll.roll())
                .bind("key", roll.sealedKey())
                .bind("ends", roll.yearEnds())
                .execute();
    }

    /// Lets one transaction at a time change rules, until it ends.
    void lockRules() {
        transaction.execute("LOCK TABLE roll.domain IN SHARE ROW EXCLUSIVE MODE");
    }

    /// A campus that takes part in a campaign.
    record InCampaign(String campus, String campaign) {}

    /// All that is enrolled; its maps and its set can be changed.
    ///
    /// @param domains also those that no campus lists any more
    /// @param rules   by roll the newest leaf of the register with its rules
    record Enrolled(
            Map<String, RollRow> rolls,
            Map<String, String> rollOfCampus,
            Map<String, DomainRow> domains,
            Set<InCampaign> campaigns,
            Map<String, byte[]> rules) {}

    Enrolled enrolled() {
        var enrolled =
                new Enrolled(new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashSet<>(), new HashMap<>());
        for (var roll : rolls()) enrolled.rolls().put(roll.roll(), roll);
        each(
                "SELECT campus, roll FROM roll.campus",
                row -> enrolled.rollOfCampus().put(row.getString(1), row.getString(2)));
        each(
                "SELECT domain, roll, separate FROM roll.domain",
                row -> enrolled.domains().put(row.getString(1), new DomainRow(row.getString(2), row.getBoolean(3))));
        each(
                "SELECT campus, campaign FROM roll.campaign",
                row -> enrolled.campaigns().add(new InCampaign(row.getString(1), row.getString(2))));
        each(
                "SELECT roll, rules FROM roll.roll WHERE rules IS NOT NULL",
                row -> enrolled.rules().put(row.getString(1), row.getBytes(2)));
        return enrolled;
    }

    private interface RowConsumer {
        void accept(ResultSet row) throws SQLException;
    }

    private void each(String query, RowConsumer consumer) {
        transaction.createQuery(query).reduceResultSet(consumer, (one, row, _) -> {
            one.accept(row);
            return one;
        });
    }

    void addCampus(String campus, String roll) {
        transaction.execute("INSERT INTO roll.campus (campus, roll) VALUES (?, ?)", campus, roll);
    }

    /// Adds a domain that no campus lists yet; [#setListed] says which are listed.
    void addDomain(String domain, DomainRow row) {
        transaction.execute(
                "INSERT INTO roll.domain (domain, roll, separate, listed) VALUES (?, ?, ?, false)",
                domain,
                row.roll(),
                row.isSeparate());
    }

    void addCampaign(InCampaign one) {
        transaction.execute("INSERT INTO roll.campaign (campus, campaign) VALUES (?, ?)", one.campus(), one.campaign());
    }

    /// Says which domains campuses list now: addresses at the others do not count.
    void setListed(Set<String> domains) {
        transaction.execute("UPDATE roll.domain SET listed = NOT listed WHERE listed <> (domain = ANY(?))", (Object)
                domains.toArray(String[]::new));
    }

    Optional<DomainRow> domain(String domain) {
        return transaction
                .createQuery("SELECT roll, separate FROM roll.domain WHERE domain = :domain AND listed")
                .bind("domain", domain)
                .map((row, _) -> new DomainRow(row.getString(1), row.getBoolean(2)))
                .findOne();
    }

    void setRegisteredRules(String roll, byte[] leaf) {
        transaction.execute("UPDATE roll.roll SET rules = ? WHERE roll = ?", leaf, roll);
    }

    /// The campuses of a roll, and the campaigns that any of them takes part in.
    record Served(Set<String> campuses, Set<String> campaigns) {}

    Served served(String roll) {
        return transaction
                .createQuery("SELECT campus, campaign FROM roll.campus LEFT JOIN roll.campaign USING (campus)"
                        + " WHERE roll = :roll")
                .bind("roll", roll)
                .reduceResultSet(new Served(new HashSet<>(), new HashSet<>()), (served, row, _) -> {
                    served.campuses().add(row.getString(1));
                    if (row.getString(2) != null) served.campaigns().add(row.getString(2));
                    return served;
                });
    }

    Optional<String> rollOfCampus(String campus) {
        return transaction
                .createQuery("SELECT roll FROM roll.campus WHERE campus = :campus")
                .bind("campus", campus)
                .mapTo(String.class)
                .findOne();
    }

    List<String> campusesOf(String roll) {
        return transaction
                .createQuery("SELECT campus FROM roll.campus WHERE roll = :roll ORDER BY campus COLLATE \"C\"")
                .bind("roll", roll)
                .mapTo(String.class)
                .list();
    }

    /// @return false if `tag` has a book already
    boolean addBook(byte[] tag, String roll, String cls) {
        var added = transaction.execute(
                "INSERT INTO roll.book (tag, roll, class) VALUES (?, ?, ?) ON CONFLICT (tag) DO NOTHING",
                tag,
                roll,
                cls);
        return added == 1;
    }

    /// Makes another draw with this tag, and a sweep, wait until the transaction ends. Waits for a sweep that
    /// runs: only what is read after this is all that was issued. Leaves no trace in a row.
    void lockDraw(byte[] tag) {
        transaction.execute("LOCK TABLE roll.issued, roll.book IN ROW EXCLUSIVE MODE");
        transaction.execute(
                "SELECT pg_advisory_xact_lock(?)", ByteBuffer.wrap(tag).getLong());
    }

    /// The marks ([RollKey#mark]) of what was signed for `tag`, by the numbers of the keys.
    SortedMap<Integer, Long> issued(byte[] tag) {
        return transaction
                .createQuery("SELECT keys, marks FROM roll.issued WHERE tag = :tag")
                .bind("tag", tag)
                .map((row, _) -> {
                    var keys = (Integer[]) row.getArray(1).getArray();
                    var marks = (Long[]) row.getArray(2).getArray();
                    SortedMap<Integer, Long> issued = new TreeMap<>();
                    for (var i = 0; i < keys.length; i++) issued.put(keys[i], marks[i]);
                    return issued;
                })
                .findOne()
                .orElseGet(TreeMap::new);
    }

    /// Records all that is signed for `tag`.
    ///
    /// @param marks by the numbers of the keys: what [#issued] returned, and more
    void setIssued(byte[] tag, SortedMap<Integer, Long> marks) {
        transaction.execute(
                """
                INSERT INTO roll.issued (tag, keys, marks) VALUES (?, ?, ?)
                ON CONFLICT (tag) DO UPDATE SET keys = excluded.keys, marks = excluded.marks
                """, tag, marks.keySet().toArray(Integer[]::new), marks.values().toArray(Long[]::new));
    }

    void addIssuerKey(NewIssuerKey key) {
        transaction.execute(
                "INSERT INTO roll.issuer_key (key_id, box, class, private_key_sealed) VALUES (?, ?, ?, ?)",
                key.keyId(),
                key.box(),
                key.cls(),
                key.sealedPrivateKey());
    }

    Optional<IssuerKeyRow> issuerKey(byte[] keyId) {
        return transaction
                .createQuery("""
                        SELECT number, box, class, private_key_sealed FROM roll.issuer_key
                        WHERE key_id = :key AND private_key_sealed IS NOT NULL
                        """)
                .bind("key", keyId)
                .map((row, _) -> new IssuerKeyRow(row.getInt(1), row.getString(2), row.getString(3), row.getBytes(4)))
                .findOne();
    }

    /// Deletes what was signed with the keys of a box: nobody draws with them again. Waits for the draws that run,
    /// which would write back what they read before.
    void deleteIssued(String box) {
        transaction.execute("LOCK TABLE roll.issued IN SHARE ROW EXCLUSIVE MODE");
        var numbers = transaction
                .createQuery("SELECT number FROM roll.issuer_key WHERE box = :box")
                .bind("box", box)
                .mapTo(Integer.class)
                .list();
        for (var number : numbers) {
            transaction.createUpdate("""
                            UPDATE roll.issued SET
                                keys = array_remove(keys, :key),
                                marks = marks[\\: array_position(keys, :key) - 1]
                                    || marks[array_position(keys, :key) + 1 \\:]
                            WHERE keys @> ARRAY[:key]
                            """).bind("key", number).execute();
        }
        transaction.execute("DELETE FROM roll.issued WHERE keys = '{}'");
    }

    List<byte[]> destroyIssuerKeys(String box) {
        transaction.execute("UPDATE roll.issuer_key SET private_key_sealed = NULL WHERE box = ?", box);
        return transaction
                .createQuery("SELECT key_id FROM roll.issuer_key WHERE box = :box ORDER BY key_id")
                .bind("box", box)
                .mapTo(byte[].class)
                .list();
    }

    /// Fixes the number of books of the next tally, for each roll and class that has no tally on `day` yet and at
    /// least `smallest` books that no tally has published. A fixed number stays until [#markPublished] or
    /// [#releaseTally], so that a crash in between cannot publish two different numbers.
    List<PendingTally> fixPendingTallies(long smallest, LocalDate day) {
        transaction
                .createUpdate("""
                        INSERT INTO roll.tallied AS t (roll, class, books, pending, day)
                        SELECT roll, class, 0, count(*), :day FROM roll.book
                        GROUP BY roll, class HAVING count(*) >= :smallest
                        ON CONFLICT (roll, class) DO UPDATE SET pending = excluded.pending - t.books, day = :day
                        WHERE t.pending = 0 AND t.day < :day AND excluded.pending - t.books >= :smallest
                        """)
                .bind("smallest", smallest)
                .bind("day", day)
                .execute();
        return pendingTallies();
    }

    /// The number of a roll's books that no tally has published, of the class that has the most of them.
    long untallied(String roll) {
        return transaction.createQuery("""
                        SELECT coalesce(max(drawn.books - coalesce(tallied.books, 0)), 0)
                        FROM (SELECT class, count(*) AS books FROM roll.book WHERE roll = :roll GROUP BY class) AS drawn
                            LEFT JOIN roll.tallied ON tallied.roll = :roll AND tallied.class = drawn.class
                        """).bind("roll", roll).mapTo(Long.class).one();
    }

    /// Tallies with a fixed number; the register may already contain their leaves.
    List<PendingTally> pendingTallies() {
        return transaction
                .createQuery("SELECT roll, class, day, pending FROM roll.tallied WHERE pending > 0")
                .map((row, _) -> new PendingTally(
                        row.getString(1), row.getString(2), row.getObject(3, LocalDate.class), row.getInt(4)))
                .list();
    }

    /// Cancels a fixed number whose leaf is not in the register, so that a new number can be fixed today or later.
    void releaseTally(PendingTally tally) {
        transaction
                .createUpdate("""
                        UPDATE roll.tallied SET pending = 0, day = day - 1
                        WHERE roll = :roll AND class = :cls AND pending = :books
                        """)
                .bind("roll", tally.roll())
                .bind("cls", tally.cls())
                .bind("books", tally.books())
                .execute();
    }

    void markPublished(PendingTally tally) {
        transaction
                .createUpdate("""
                        UPDATE roll.tallied SET books = books + :books, pending = 0
                        WHERE roll = :roll AND class = :cls AND pending = :books
                        """)
                .bind("roll", tally.roll())
                .bind("cls", tally.cls())
                .bind("books", tally.books())
                .execute();
    }
}
