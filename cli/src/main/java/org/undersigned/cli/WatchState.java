package org.undersigned.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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
    /// Books tallied so far, by roll.
    final Map<String, Long> books = new TreeMap<>();

    /// A box as it was read last.
    ///
    /// @param tree    its log
    /// @param entries of class `member`, without withdrawals
    /// @param late    since when tallies have not bounded `lateEntries`; null if they bound all
    record WatchedBox(Tree tree, long entries, @Nullable Instant late, long lateEntries) {
        static final WatchedBox EMPTY = new WatchedBox(Tree.EMPTY, 0, null, 0);
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
                var late = one.getValue().path("late").stringValue(null);
                state.boxes.put(
                        one.getKey(),
                        new WatchedBox(
                                tree(one.getValue()),
                                one.getValue().path("entries").asLong(0),
                                late == null ? null : Instant.parse(late),
                                one.getValue().path("late_entries").asLong(0)));
            }
            for (var one : json.path("books").properties()) {
                state.books.put(one.getKey(), one.getValue().asLong(0));
            }
            return state;
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException(file + " is not a watcher's state: " + e.getMessage(), e);
        }
    }

    /// Replaces the file at once: a crash leaves the old one or the new one.
    void write(Path file) throws IOException {
        var json = JsonNodeFactory.instance.objectNode().put("v", 1);
        json.set("instance", seen.json());
        json.set("ledger", json(ledger));
        var each = json.putObject("boxes");
        boxes.forEach((id, box) -> each.set(
                id,
                json(box.tree())
                        .put("entries", box.entries())
                        .put("late", box.late() == null ? null : box.late().toString())
                        .put("late_entries", box.lateEntries())));
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
