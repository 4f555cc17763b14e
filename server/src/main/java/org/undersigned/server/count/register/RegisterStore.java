package org.undersigned.server.count.register;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.undersigned.record.LedgerLeaf;
import org.undersigned.record.OfferedBoxes;
import org.undersigned.record.RegisterLeaf;
import org.undersigned.record.WitnessPolicy;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.Note.NoteSignature;

/// The register's tables, except those that hold its log.
final class RegisterStore {
    private final Handle transaction;

    RegisterStore(Handle transaction) {
        this.transaction = transaction;
    }

    record Instance(String host, byte[] sealedSeed) {}

    /// A leaf that this server itself obeys.
    record ObeyedLeaf(long index, byte[] leaf) {}

    static Optional<Instance> instance(Handle handle) {
        return handle.createQuery("SELECT host, log_seed_sealed FROM register.instance")
                .map((row, _) -> new Instance(row.getString(1), row.getBytes(2)))
                .findOne();
    }

    static void name(Handle handle, Instance instance) {
        handle.createUpdate("INSERT INTO register.instance (host, log_seed_sealed) VALUES (:host, :seed)")
                .bind("host", instance.host())
                .bind("seed", instance.sealedSeed())
                .execute();
    }

    /// Takes the lock that only one appender holds at a time; the lock is released when the transaction ends.
    void lockLogs() {
        transaction.execute("SELECT pg_advisory_xact_lock(hashtext('undersigned/register'))");
    }

    Optional<Long> indexOf(InstanceLog log, Hash leaf) {
        return transaction
                .createQuery("SELECT index FROM register.leaf WHERE log = :log AND leaf_hash = :hash")
                .bind("log", log.id())
                .bind("hash", leaf.bytes())
                .mapTo(Long.class)
                .findOne();
    }

    void remember(InstanceLog log, Hash leaf, long index) {
        transaction
                .createUpdate("INSERT INTO register.leaf (log, leaf_hash, index) VALUES (:log, :hash, :index)")
                .bind("log", log.id())
                .bind("hash", leaf.bytes())
                .bind("index", index)
                .execute();
    }

    /// Signature lines of all witnesses that cosigned the checkpoint of `size` leaves last.
    List<NoteSignature> cosignatures(InstanceLog log, long size) {
        return transaction
                .createQuery(
                        "SELECT lines FROM register.cosignature WHERE log = :log AND size = :size ORDER BY witness")
                .bind("log", log.id())
                .bind("size", size)
                .mapTo(String.class)
                .stream()
                .flatMap(lines -> NoteSignature.parseLines(lines).stream())
                .toList();
    }

    /// Number of leaves under the checkpoint that `witness` cosigned last; 0 if it cosigned none.
    long cosignedSize(InstanceLog log, String witness) {
        return transaction
                .createQuery("SELECT size FROM register.cosignature WHERE log = :log AND witness = :witness")
                .bind("log", log.id())
                .bind("witness", witness)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    void keepCosignatures(InstanceLog log, String witness, long size, List<NoteSignature> cosignatures) {
        transaction
                .createUpdate("""
                        INSERT INTO register.cosignature AS known (log, witness, size, lines)
                        VALUES (:log, :witness, :size, :lines)
                        ON CONFLICT (log, witness) DO UPDATE SET size = :size, lines = :lines WHERE known.size <= :size
                        """)
                .bind("log", log.id())
                .bind("witness", witness)
                .bind("size", size)
                .bind("lines", cosignatures.stream().map(NoteSignature::line).collect(Collectors.joining()))
                .execute();
    }

    void storeObeyed(ObeyedLeaf obeyed) {
        transaction.execute(
                "INSERT INTO register.obeyed_leaf (index, leaf) VALUES (?, ?)", obeyed.index(), obeyed.leaf());
    }

    private List<ObeyedLeaf> obeyed() {
        return transaction
                .createQuery("SELECT index, leaf FROM register.obeyed_leaf ORDER BY index")
                .map((row, _) -> new ObeyedLeaf(row.getLong(1), row.getBytes(2)))
                .list();
    }

    void keepTally(LedgerLeaf.RollTally tally) {
        transaction
                .createUpdate("""
                        INSERT INTO register.tally (roll, class, day, campuses, books)
                        VALUES (:roll, :cls, :day, to_jsonb(:campuses), :books)
                        """)
                .bind("roll", tally.campus())
                .bind("cls", tally.cls())
                .bind("day", tally.day())
                .bindArray("campuses", String.class, tally.campuses())
                .bind("books", tally.books())
                .execute();
    }

    void keepCards(LedgerLeaf.CardsMade made) {
        transaction
                .createUpdate("""
                        INSERT INTO register.card_batch (batch, campuses, cards, day)
                        VALUES (:batch, to_jsonb(:campuses), :cards, :day)
                        """)
                .bind("batch", made.batch())
                .bindArray("campuses", String.class, made.campuses())
                .bind("cards", made.cards())
                .bind("day", made.day())
                .execute();
    }

    void keepCards(LedgerLeaf.CardsCancelled cancelled) {
        transaction.execute(
                "UPDATE register.card_batch SET drawn_at_most = ? WHERE batch = ?",
                cancelled.drawnAtMost(),
                cancelled.batch());
    }

    List<Register.CardBatch> cards() {
        return transaction
                .createQuery("""
                        SELECT batch, ARRAY(SELECT jsonb_array_elements_text(campuses)), cards, day, drawn_at_most
                        FROM register.card_batch ORDER BY day, batch
                        """)
                .map((row, _) -> new Register.CardBatch(
                        row.getString(1),
                        List.of((String[]) row.getArray(2).getArray()),
                        row.getInt(3),
                        row.getObject(4, LocalDate.class),
                        row.getObject(5, Integer.class)))
                .list();
    }

    List<Register.Tallied> talliedSince(Collection<LocalDate> days) {
        return transaction
                .createQuery("""
                        SELECT first, class, sum(books)::bigint, ARRAY(SELECT jsonb_array_elements_text(campuses))
                        FROM unnest(:days::date[]) AS first JOIN register.tally ON day >= first
                        GROUP BY first, roll, class, campuses
                        """)
                .bindArray("days", LocalDate.class, days)
                .map((row, _) -> new Register.Tallied(
                        row.getObject(1, LocalDate.class),
                        row.getString(2),
                        List.of((String[]) row.getArray(4).getArray()),
                        row.getLong(3)))
                .list();
    }

    void storeText(Hash sha256, byte[] text) {
        transaction.execute(
                "INSERT INTO register.text (sha256, text) VALUES (?, ?) ON CONFLICT DO NOTHING", sha256.bytes(), text);
    }

    Optional<byte[]> text(Hash sha256) {
        return transaction
                .createQuery("SELECT text FROM register.text WHERE sha256 = :sha256")
                .bind("sha256", sha256.bytes())
                .mapTo(byte[].class)
                .findOne();
    }

    void storeKey(Hash id, byte[] spki) {
        transaction.execute(
                "INSERT INTO register.issuer_key (token_key_id, spki) VALUES (?, ?) ON CONFLICT DO NOTHING",
                id.bytes(),
                spki);
    }

    Optional<byte[]> key(Hash id) {
        return transaction
                .createQuery("SELECT spki FROM register.issuer_key WHERE token_key_id = :id")
                .bind("id", id.bytes())
                .mapTo(byte[].class)
                .findOne();
    }

    /// Every box that was ever opened, and which of them are current.
    OfferedBoxes offered() {
        var offered = new OfferedBoxes();
        for (var one : obeyed()) offered.add(one.index(), RegisterLeaf.parse(one.leaf()));
        return offered;
    }

    /// The files that browsers get, as the register says last.
    Optional<RegisterLeaf.ClientReleased> released() {
        for (var one : obeyed().reversed()) {
            if (RegisterLeaf.parse(one.leaf()) instanceof RegisterLeaf.ClientReleased says) return Optional.of(says);
        }
        return Optional.empty();
    }

    /// The witnesses that the register names.
    WitnessPolicy policy() {
        for (var one : obeyed().reversed()) {
            if (RegisterLeaf.parse(one.leaf()) instanceof RegisterLeaf.WitnessesNamed says) return says.policy();
        }
        return WitnessPolicy.NONE;
    }

    /// All that the register says about relays, the newest last.
    List<RegisterLeaf.RelayNamed> relays() {
        var relays = new ArrayList<RegisterLeaf.RelayNamed>();
        for (var one : obeyed()) {
            if (RegisterLeaf.parse(one.leaf()) instanceof RegisterLeaf.RelayNamed says) relays.add(says);
        }
        return relays;
    }

    /// A stored key of the gateway.
    record SealedGatewayKey(int id, byte[] sealed) {}

    List<SealedGatewayKey> gatewayKeys() {
        return transaction
                .createQuery("SELECT id, key_sealed FROM register.gateway_key")
                .map((row, _) -> new SealedGatewayKey(row.getInt(1), row.getBytes(2)))
                .list();
    }

    void storeGatewayKey(SealedGatewayKey key) {
        transaction.execute("INSERT INTO register.gateway_key (id, key_sealed) VALUES (?, ?)", key.id(), key.sealed());
    }

    /// Lets every key that has no end yet end at `at`.
    void endGatewayKeys(Instant at) {
        transaction.execute("UPDATE register.gateway_key SET ends = ? WHERE ends IS NULL", at);
    }

    void deleteEndedGatewayKeys(Instant now) {
        transaction.execute("DELETE FROM register.gateway_key WHERE ends <= ?", now);
    }
}
