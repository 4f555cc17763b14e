package org.undersigned.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A leaf of the register (PROTOCOL §9): canonical JSON with a `type` and a version `v`.
public sealed interface RegisterLeaf {

    /// The leaf's bytes in the log: at most 65,535.
    byte[] bytes();

    /// Parses a leaf. An unknown type or version becomes [Unknown]; a known type must match its format exactly.
    ///
    /// @throws IllegalArgumentException if it is not canonical JSON with type and version, or breaks a rule of its
    ///     type
    static RegisterLeaf parse(byte[] bytes) {
        JsonNode json = CanonicalJson.parse(bytes);
        var fields = Fields.of(json, "register leaf");
        String type = fields.text("type");
        int version = fields.integer("v", 1);
        if (version != 1) return new Unknown(type + " v" + version, bytes);
        RegisterLeaf leaf =
                switch (type) {
                    case "box.opened" -> new BoxOpened(Manifest.parse(json));
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
                    case "roll.rules" -> rules(fields);
                    case "client.released" -> new ClientReleased(fields.text("version"), files(fields.object("files")));
                    default -> new Unknown(type, bytes);
                };
        if (!(leaf instanceof BoxOpened || leaf instanceof Unknown)) fields.end();
        if (!Arrays.equals(leaf.bytes(), bytes)) throw new IllegalArgumentException(type + " is not in canonical form");
        return leaf;
    }

    private static RollRules rules(Fields fields) {
        return new RollRules(
                fields.text("campus"),
                fields.texts("campuses", 1024),
                fields.text("class"),
                fields.texts("domains", 1024),
                fields.texts("separate_domains", 1024),
                fields.texts("folds", 16),
                fields.instant("from"));
    }

    private static LocalDate day(Fields fields) {
        try {
            return LocalDate.parse(fields.text("day"));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("roll.tally.day is not a date like 2016-11-23", e);
        }
    }

    private static SortedMap<String, String> files(Fields fields) {
        var files = new TreeMap<String, String>();
        for (String name : fields.names()) files.put(name, fields.text(name));
        return files;
    }

    private static ObjectNode typed(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type).put("v", 1);
    }

    /// A box opens. The leaf's bytes are the manifest's own bytes.
    record BoxOpened(Manifest manifest) implements RegisterLeaf {
        @Override
        public byte[] bytes() {
            return manifest.leaf();
        }
    }

    /// `{"box","note","type":"box.checkpoint","v":1}`: a box has published; `note` is its signed checkpoint.
    record BoxCheckpoint(BoxId box, String note) implements RegisterLeaf {
        @Override
        public byte[] bytes() {
            return CanonicalJson.write(
                    typed("box.checkpoint").put("box", box.value()).put("note", note));
        }
    }

    /// `{"box","keys_destroyed":[hex token key id…],"note","type":"box.closed","v":1}`: a box has closed, with its
    /// final checkpoint and the ids of the issuer keys that are destroyed.
    record BoxClosed(BoxId box, String note, List<String> keysDestroyed) implements RegisterLeaf {
        /// @throws IllegalArgumentException for a key id that is not 64 lower-case hexadecimal digits
        public BoxClosed {
            keysDestroyed = List.copyOf(keysDestroyed);
            for (String id : keysDestroyed) Fields.sha256Hex(id, "keys_destroyed");
        }

        @Override
        public byte[] bytes() {
            var json = typed("box.closed").put("box", box.value()).put("note", note);
            var keys = json.putArray("keys_destroyed");
            keysDestroyed.forEach(keys::add);
            return CanonicalJson.write(json);
        }
    }

    /// `{"books":12,"campus","campuses":[…],"class","day":"2016-11-23","type":"roll.tally","v":1}`: the number of
    /// books that the roll of `campus` issued for that class since its last tally, up to the time this leaf was
    /// written. `campuses` are the campuses that the roll serves, sorted. A number below 10 could identify people,
    /// so fewer than 10 books wait for the next tally.
    record RollTally(String campus, List<String> campuses, String cls, LocalDate day, int books)
            implements RegisterLeaf {
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
            var json = typed("roll.tally").put("campus", campus).put("class", cls);
            var list = json.put("day", day.toString()).put("books", books).putArray("campuses");
            campuses.forEach(list::add);
            return CanonicalJson.write(json);
        }
    }

    /// `{"campus","campuses":[…],"class","domains":[…],"folds":[…],"from":"2016-11-23T09:00:00Z",
    /// "separate_domains":[…],"type":"roll.rules","v":1}`: from that moment on, these addresses belong to the
    /// roll of `campus`, for that class. An address belongs to it if its domain is in one of the two lists; the
    /// same name at all of `domains` is one person, and the same name at each of `separateDomains` is another
    /// person. `folds` says what of a name does not count: `case`, `plus-tag` (everything after a plus),
    /// `hyphen-tag` (everything after a hyphen), `dots`. All lists are sorted.
    record RollRules(
            String campus,
            List<String> campuses,
            String cls,
            List<String> domains,
            List<String> separateDomains,
            List<String> folds,
            Instant from)
            implements RegisterLeaf {
        /// @throws IllegalArgumentException for lists that are unsorted or repeat something, and for no campus at all
        public RollRules {
            campuses = List.copyOf(campuses);
            domains = List.copyOf(domains);
            separateDomains = List.copyOf(separateDomains);
            folds = List.copyOf(folds);
            if (campuses.isEmpty()) throw new IllegalArgumentException("rules must have at least one campus");
            for (List<String> list : List.of(campuses, domains, separateDomains, folds)) {
                if (!list.equals(List.copyOf(new TreeSet<>(list)))) {
                    throw new IllegalArgumentException("the lists of rules must be sorted and without repetition");
                }
            }
        }

        /// True if both say the same about addresses, whenever.
        public boolean saysTheSameAs(RollRules other) {
            return equals(new RollRules(
                    other.campus, other.campuses, other.cls, other.domains, other.separateDomains, other.folds, from));
        }

        @Override
        public byte[] bytes() {
            var json =
                    typed("roll.rules").put("campus", campus).put("class", cls).put("from", from.toString());
            campuses.forEach(json.putArray("campuses")::add);
            domains.forEach(json.putArray("domains")::add);
            separateDomains.forEach(json.putArray("separate_domains")::add);
            folds.forEach(json.putArray("folds")::add);
            return CanonicalJson.write(json);
        }
    }

    /// `{"files":{"sign-ABC.js":"<sha-256 hex>"},"type":"client.released","v":1,"version"}`: the hash of every file
    /// that a browser runs.
    record ClientReleased(String version, Map<String, String> files) implements RegisterLeaf {
        /// @throws IllegalArgumentException for a hash that is not 64 lower-case hexadecimal digits
        public ClientReleased {
            files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
            files.forEach((name, hash) -> Fields.sha256Hex(hash, "files." + name));
        }

        @Override
        public byte[] bytes() {
            var json = typed("client.released").put("version", version);
            var object = json.putObject("files");
            files.forEach(object::put);
            return CanonicalJson.write(json);
        }
    }

    /// A leaf of a type or version that this program does not know. It is stored, counted and shown, but not
    /// interpreted.
    final class Unknown implements RegisterLeaf {
        private final String type;
        private final byte[] bytes;

        Unknown(String type, byte[] bytes) {
            this.type = type;
            this.bytes = bytes.clone();
        }

        public String type() {
            return type;
        }

        @Override
        public byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Unknown that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return new String(bytes, UTF_8);
        }
    }
}
