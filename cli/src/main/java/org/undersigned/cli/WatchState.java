package org.undersigned.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.Tree;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a watcher remembers of an instance between two runs, in a file of its own: nothing secret.
final class WatchState {
    private static final JsonMapper MAPPER = new JsonMapper();

    SeenInstance seen = SeenInstance.NOTHING;
    /// The ledger as it was read last.
    Tree ledger = Tree.EMPTY;

    /// By box id.
    final Map<String, WatchedBox> boxes = new TreeMap<>();
    /// Books tallied so far, by roll and class ([#booksOf]).
    final Map<String, Long> books = new TreeMap<>();
    /// When the cards end that are not cancelled, by batch.
    final Map<String, Instant> cards = new TreeMap<>();

    /// A box as it was read last.
    ///
    /// @param tree   its log
    /// @param signed by class
    record WatchedBox(Tree tree, Map<String, Signed> signed) {
        static final WatchedBox EMPTY = new WatchedBox(Tree.EMPTY, Map.of());

        Signed of(String className) {
            return signed.getOrDefault(className, Signed.NONE);
        }
    }

    /// The signatures of one class.
    ///
    /// @param entries without withdrawals
    /// @param late    since when tallies have not bounded `lateEntries`; null if they bound all
    record Signed(long entries, @Nullable Instant late, long lateEntries) {
        static final Signed NONE = new Signed(0, null, 0);

        private static Signed of(JsonNode json) {
            var late = json.path("late").stringValue(null);
            return new Signed(
                    json.path("entries").asLong(0),
                    late == null ? null : Instant.parse(late),
                    json.path("late_entries").asLong(0));
        }

        private ObjectNode json() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("entries", entries)
                    .put("late", late == null ? null : late.toString())
                    .put("late_entries", lateEntries);
        }
    }

    /// The key of the books of a roll and class.
    static String booksOf(String roll, String className) {
        return roll + " " + className;
    }

    /// @throws IOException if the file cannot be read, or is not such a state
    static WatchState read(Path file) throws IOException {
        var state = new WatchState();
        if (!Files.exists(file)) return state;
        try {
            JsonNode json = MAPPER.readTree(Files.readAllBytes(file));
            if (json.path("v").asInt(0) != 1) throw new IOException(file + " is not a watcher's state of version 1");
            state.seen = SeenInstance.of(json.path("instance"));
            state.ledger = tree(json.path("ledger"));
            for (var one : json.path("boxes").properties()) {
                var signed = new TreeMap<String, Signed>();
                for (var of : one.getValue().path("signed").properties()) {
                    signed.put(of.getKey(), Signed.of(of.getValue()));
                }
                state.boxes.put(one.getKey(), new WatchedBox(tree(one.getValue()), signed));
            }
            for (var one : json.path("cards").properties()) {
                state.cards.put(one.getKey(), Instant.parse(one.getValue().asString("")));
            }
            for (var one : json.path("books").properties()) {
                state.books.put(one.getKey(), one.getValue().asLong(0));
            }
            return state;
        } catch (JacksonException | IllegalArgumentException | DateTimeParseException e) {
            throw new IOException(file + " is not a watcher's state: " + e.getMessage(), e);
        }
    }

    /// Replaces the file at once: a crash leaves the old one or the new one.
    void write(Path file) throws IOException {
        var json = JsonNodeFactory.instance.objectNode().put("v", 1);
        json.set("instance", seen.json());
        json.set("ledger", json(ledger));
        var each = json.putObject("boxes");
        boxes.forEach((id, box) -> {
            var one = json(box.tree());
            var signed = one.putObject("signed");
            box.signed().forEach((name, of) -> signed.set(name, of.json()));
            each.set(id, one);
        });
        var ends = json.putObject("cards");
        cards.forEach((batch, until) -> ends.put(batch, until.toString()));
        var sums = json.putObject("books");
        books.forEach(sums::put);
        var folder = file.toAbsolutePath().getParent();
        if (folder == null) throw new IOException(file + " is not a file path");
        Files.createDirectories(folder);
        var next = Files.createTempFile(folder, ".watch", ".json");
        try {
            Files.writeString(next, MAPPER.writeValueAsString(json), UTF_8);
            Files.move(next, file, ATOMIC_MOVE, REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private static ObjectNode json(Tree tree) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("size", tree.size())
                .put("root", tree.root().base64());
    }

    private static Tree tree(JsonNode json) {
        return new Tree(
                json.path("size").asLong(-1), Hash.ofBase64(json.path("root").asString("")));
    }
}
