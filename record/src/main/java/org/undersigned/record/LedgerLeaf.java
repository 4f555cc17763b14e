package org.undersigned.record;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// A leaf of the ledger (PROTOCOL §9): canonical JSON with a `type` and a version `v`. The ledger says what happens
/// in the boxes that the register offers: their checkpoints, their closing, how many books were drawn, and how many
/// cards for drawing in person were made and cancelled.
public sealed interface LedgerLeaf
        permits LedgerLeaf.BoxCheckpoint,
                LedgerLeaf.BoxClosed,
                LedgerLeaf.RollTally,
                LedgerLeaf.CardsMade,
                LedgerLeaf.CardsCancelled,
                UnknownLeaf {

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
                                day(fields, "roll.tally"),
                                fields.integer("books", RollTally.LEAST));
                    case "cards.made" ->
                        new CardsMade(
                                fields.text("batch"),
                                fields.text("campus"),
                                fields.texts("campuses", 1024),
                                fields.integer("cards", CardsMade.FEWEST),
                                day(fields, "cards.made"),
                                fields.instant("until"));
                    case "cards.cancelled" ->
                        new CardsCancelled(
                                fields.text("batch"),
                                day(fields, "cards.cancelled"),
                                fields.integer("drawn_at_most", 10));
                    default -> new UnknownLeaf(type, bytes);
                };
        if (!(leaf instanceof UnknownLeaf)) fields.end();
        if (!Arrays.equals(leaf.bytes(), bytes)) throw new IllegalArgumentException(type + " is not in canonical form");
        return leaf;
    }

    private static LocalDate day(Fields fields, String type) {
        try {
            return LocalDate.parse(fields.text("day"));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(type + ".day is not a date like 2016-11-23", e);
        }
    }

    private static List<String> requireCampuses(List<String> campuses, String of) {
        if (campuses.isEmpty() || !campuses.equals(List.copyOf(new TreeSet<>(campuses)))) {
            throw new IllegalArgumentException(of + " must have at least one campus, sorted and without repetition");
        }
        return List.copyOf(campuses);
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
            campuses = requireCampuses(campuses, "a tally");
            if (books < LEAST) throw new IllegalArgumentException("a tally must have at least " + LEAST + " books");
        }

        @Override
        public byte[] bytes() {
            var json = CanonicalJson.typed("roll.tally").put("campus", campus).put("class", cls);
            var list = json.put("day", day.toString()).put("books", books).putArray("campuses");
            campuses.forEach(list::add);
            return CanonicalJson.write(json);
        }
    }

    /// `{"batch","campus","campuses":[…],"cards":200,"day":"2016-11-23","type":"cards.made","until","v":1}`:
    /// cards were made on which people draw a book in person at the roll of `campus`, each card one book,
    /// until `until`. `campuses` are the campuses that the roll serves, sorted.
    ///
    /// @param batch 8 lower-case base32 characters (RFC 4648 §6), the name of these cards
    record CardsMade(String batch, String campus, List<String> campuses, int cards, LocalDate day, Instant until)
            implements LedgerLeaf {
        /// The smallest number of cards made at once: fewer would mark the people who get them.
        public static final int FEWEST = 10;

        /// @throws IllegalArgumentException for another name, fewer than 10 cards, or campuses that are empty, unsorted
        ///     or repeated
        public CardsMade {
            requireBatch(batch);
            campuses = requireCampuses(campuses, "a batch of cards");
            if (cards < FEWEST) {
                throw new IllegalArgumentException("a batch of cards must have at least " + FEWEST + " cards");
            }
        }

        private static void requireBatch(String batch) {
            if (!batch.matches("[a-z2-7]{8}")) {
                throw new IllegalArgumentException("the name of a batch of cards must be 8 base32 characters");
            }
        }

        @Override
        public byte[] bytes() {
            var json = CanonicalJson.typed("cards.made")
                    .put("batch", batch)
                    .put("campus", campus)
                    .put("cards", cards)
                    .put("day", day.toString())
                    .put("until", until.toString());
            var list = json.putArray("campuses");
            campuses.forEach(list::add);
            return CanonicalJson.write(json);
        }
    }

    /// `{"batch","day":"2016-11-24","drawn_at_most":60,"type":"cards.cancelled","v":1}`: the unused cards of
    /// a batch draw no book any more. At most `drawn_at_most` of its cards drew one: the number is rounded up
    /// to a multiple of ten, because a small number could identify people.
    record CardsCancelled(String batch, LocalDate day, int drawnAtMost) implements LedgerLeaf {
        /// Rounds a number of drawn cards up; also none is ten, so that nobody sees whether anybody came.
        public static int rounded(int drawn) {
            return Math.max(1, Math.ceilDiv(drawn, 10)) * 10;
        }

        /// @throws IllegalArgumentException for a name that no batch has, or a number that is not a multiple of ten
        public CardsCancelled {
            CardsMade.requireBatch(batch);
            if (drawnAtMost < 10 || drawnAtMost % 10 != 0) {
                throw new IllegalArgumentException("drawn_at_most must be a multiple of ten, and at least ten");
            }
        }

        @Override
        public byte[] bytes() {
            return CanonicalJson.write(CanonicalJson.typed("cards.cancelled")
                    .put("batch", batch)
                    .put("day", day.toString())
                    .put("drawn_at_most", drawnAtMost));
        }
    }
}
