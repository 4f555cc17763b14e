package org.undersigned.record;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// A leaf of the ledger (PROTOCOL §9): canonical JSON with a `type` and a version `v`. The ledger says what happens
/// in the boxes that the register offers: their checkpoints, their closing, and how many books were drawn.
public sealed interface LedgerLeaf
        permits LedgerLeaf.BoxCheckpoint, LedgerLeaf.BoxClosed, LedgerLeaf.RollTally, UnknownLeaf {

    /// The leaf's bytes in the log: at most 65,535.
    byte[] bytes();

    /// Parses a leaf. An unknown type or version becomes [UnknownLeaf]; a known type must match its format exactly.
    ///
    /// @throws IllegalArgumentException if it is not canonical JSON with type and version, or breaks a rule of its
    ///     type
    static LedgerLeaf parse(byte[] bytes) {
        JsonNode json = CanonicalJson.parse(bytes);
        var fields = Fields.of(json, "ledger leaf");
        String type = fields.text("type");
        int version = fields.integer("v", 1);
        if (version != 1) return new UnknownLeaf(type + " v" + version, bytes);
        LedgerLeaf leaf =
                switch (type) {
                    case "box.checkpoint" -> new BoxCheckpoint(BoxId.of(fields.text("box")), fields.text("note"));
                    case "box.closed" ->
                        new BoxClosed(
                                BoxId.of(fields.text("box")), fields.text("note"), fields.texts("keys_destroyed", 64));
                    case "roll.tally" ->
                        new RollTally(
                                fields.text("campus"),
                                fields.texts("campuses", 1024),
                                fields.text("class"),
                                day(fields),
                                fields.integer("books", RollTally.LEAST));
                    default -> new UnknownLeaf(type, bytes);
                };
        if (!(leaf instanceof UnknownLeaf)) fields.end();
        if (!Arrays.equals(leaf.bytes(), bytes)) throw new IllegalArgumentException(type + " is not in canonical form");
        return leaf;
    }

    private static LocalDate day(Fields fields) {
        try {
            return LocalDate.parse(fields.text("day"));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("roll.tally.day is not a date like 2016-11-23", e);
        }
    }

    /// `{"box","note","type":"box.checkpoint","v":1}`: a box has published; `note` is its signed checkpoint.
    record BoxCheckpoint(BoxId box, String note) implements LedgerLeaf {
        @Override
        public byte[] bytes() {
            return CanonicalJson.write(CanonicalJson.typed("box.checkpoint")
                    .put("box", box.value())
                    .put("note", note));
        }
    }

    /// `{"box","keys_destroyed":[hex token key id…],"note","type":"box.closed","v":1}`: a box has closed, with its
    /// final checkpoint and the ids of the issuer keys that are destroyed.
    record BoxClosed(BoxId box, String note, List<String> keysDestroyed) implements LedgerLeaf {
        /// @throws IllegalArgumentException for a key id that is not 64 lower-case hexadecimal digits
        public BoxClosed {
            keysDestroyed = List.copyOf(keysDestroyed);
            for (String id : keysDestroyed) Fields.sha256Hex(id, "keys_destroyed");
        }

        @Override
        public byte[] bytes() {
            var json = CanonicalJson.typed("box.closed").put("box", box.value()).put("note", note);
            var keys = json.putArray("keys_destroyed");
            keysDestroyed.forEach(keys::add);
            return CanonicalJson.write(json);
        }
    }

    /// `{"books":12,"campus","campuses":[…],"class","day":"2016-11-23","type":"roll.tally","v":1}`: the number of
    /// books that the roll of `campus` issued for that class since its last tally, up to the time this leaf was
    /// written. `campuses` are the campuses that the roll serves, sorted. A number below 10 could identify people,
    /// so fewer than 10 books wait for the next tally.
    record RollTally(String campus, List<String> campuses, String cls, LocalDate day, int books) implements LedgerLeaf {
        /// The smallest number of books in a tally.
        public static final int LEAST = 10;

        /// @throws IllegalArgumentException for fewer than 10 books, or campuses that are empty, unsorted or
        ///     repeated
        public RollTally {
            campuses = List.copyOf(campuses);
            if (books < LEAST) throw new IllegalArgumentException("a tally must have at least " + LEAST + " books");
            if (campuses.isEmpty() || !campuses.equals(List.copyOf(new TreeSet<>(campuses)))) {
                throw new IllegalArgumentException(
                        "a tally must have at least one campus, sorted and without repetition");
            }
        }

        @Override
        public byte[] bytes() {
            var json = CanonicalJson.typed("roll.tally").put("campus", campus).put("class", cls);
            var list = json.put("day", day.toString()).put("books", books).putArray("campuses");
            campuses.forEach(list::add);
            return CanonicalJson.write(json);
        }
    }
}
