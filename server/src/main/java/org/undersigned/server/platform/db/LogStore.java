package org.undersigned.server.platform.db;

import java.util.Arrays;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.undersigned.server.platform.db.ChangeNotifier.Change;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.Note;
import org.undersigned.tlog.Tile;
import org.undersigned.tlog.TileStore;
import org.undersigned.tlog.Tree;

/// Stores the tiles and the newest checkpoint of a log, inside one transaction: the checkpoint that [#publish]
/// stores and the tiles written before it become visible together at its commit, and after a crash not at all.
public final class LogStore implements TileStore {
    private final Handle transaction;
    private final String schema;
    private final String log;

    /// @param role whose schema holds the log: BOX or REGISTER
    public LogStore(Handle transaction, DatabaseRole role, String log) {
        this.transaction = transaction;
        this.schema = role.schema();
        this.log = log;
    }

    /// The newest checkpoint: a signed note of a tree of `size` leaves.
    public record Published(long size, String note) {}

    public Optional<Published> published() {
        return transaction
                .createQuery("SELECT size, note FROM <schema>.log WHERE log = :log")
                .define("schema", schema)
                .bind("log", log)
                .map((row, _) -> new Published(row.getLong("size"), row.getString("note")))
                .findOne();
    }

    /// The tree of the newest checkpoint, from which an append continues.
    ///
    /// @throws IllegalArgumentException if the stored text is not a checkpoint
    public Tree tree() {
        return published()
                .map(newest ->
                        Checkpoint.parse(Note.parse(newest.note()).text()).tree())
                .orElse(Tree.EMPTY);
    }

    /// Makes `note` the newest checkpoint and, at the commit, notifies all listeners for changes.
    public void publish(long size, String note) {
        transaction
                .createUpdate("""
                        INSERT INTO <schema>.log (log, size, note) VALUES (:log, :size, :note)
                        ON CONFLICT (log) DO UPDATE SET size = :size, note = :note WHERE <schema>.log.size <= :size
                        """)
                .define("schema", schema)
                .bind("log", log)
                .bind("size", size)
                .bind("note", note)
                .execute();
        ChangeNotifier.notifyOnCommit(transaction, Change.CHECKPOINT);
    }

    @Override
    public void write(Tile tile, byte[] data) {
        transaction
                .createUpdate("""
                        INSERT INTO <schema>.tile (log, level, index, width, data)
                        VALUES (:log, :level, :index, :width, :data)
                        ON CONFLICT (log, level, index) DO UPDATE SET width = :width, data = :data
                        """)
                .define("schema", schema)
                .bind("log", log)
                .bind("level", tile.level())
                .bind("index", tile.index())
                .bind("width", tile.width())
                .bind("data", data)
                .execute();
    }

    @Override
    public byte[] read(Tile tile) throws NoSuchTile {
        var data = transaction
                .createQuery("""
                        SELECT data FROM <schema>.tile
                        WHERE log = :log AND level = :level AND index = :index AND width >= :width
                        """)
                .define("schema", schema)
                .bind("log", log)
                .bind("level", tile.level())
                .bind("index", tile.index())
                .bind("width", tile.width())
                .mapTo(byte[].class)
                .findOne()
                .orElseThrow(() -> new NoSuchTile(tile));
        return tile.level() < 0 ? firstEntries(data, tile.width()) : Arrays.copyOf(data, 32 * tile.width());
    }

    private static byte[] firstEntries(byte[] bundle, int count) {
        var end = 0;
        for (var i = 0; i < count; i++) {
            end += 2 + (((bundle[end] & 0xff) << 8) | (bundle[end + 1] & 0xff));
        }
        return Arrays.copyOf(bundle, end);
    }

    /// The log does not hold that tile.
    public static final class NoSuchTile extends java.io.IOException {
        private static final long serialVersionUID = 1;

        NoSuchTile(Tile tile) {
            super("no tile " + tile.path());
        }
    }
}
