package org.undersigned.cli;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.BoxId;
import org.undersigned.record.Manifest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A signer's secrets, in memory or in a file that only its owner can read. The file is complete and on disk before
/// the signer sends anything that depends on it, so a crash loses no token and no right to withdraw. One process at
/// a time holds the file, by a lock on an empty file beside it.
public final class Wallet implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Map<String, BookPage> pages = new LinkedHashMap<>();
    /// By the address of its site: the name is what the site claims.
    private final Map<String, SeenInstance> instances = new LinkedHashMap<>();
    private final Storage storage;
    private @Nullable BookSecret secret;
    private boolean isRecovered;

    private interface Storage extends Closeable {
        void save(Wallet wallet) throws IOException;

        @Override
        default void close() throws IOException {}
    }

    /// A wallet file and its lock.
    private record LockedFile(Path file, Path folder, FileChannel lock) implements Storage {
        private static final Set<Path> HELD = ConcurrentHashMap.newKeySet(); // by this process

        /// @throws IOException if another wallet holds the file, or it cannot be locked
        private static LockedFile hold(Path file) throws IOException {
            Path folder = file.toAbsolutePath().getParent();
            if (folder == null) throw new IOException(file + " is not a file path");
            if (!Files.isDirectory(folder)) Files.createDirectories(folder, owner("rwx------"));
            var name = file.toAbsolutePath().normalize();
            // Check this set first: closing any channel of a file releases all locks of the process on that file
            // (FileLock).
            if (!HELD.add(name)) throw inUse(file);
            try {
                var lock = FileChannel.open(
                        folder.resolve(file.getFileName() + ".lock"),
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        owner("rw-------"));
                if (lock.tryLock() != null) return new LockedFile(name, folder, lock);
                lock.close();
                throw inUse(file);
            } catch (IOException e) {
                HELD.remove(name);
                throw e;
            }
        }

        private static IOException inUse(Path file) {
            return new IOException(file + " is in use by another program; wait until it ends");
        }

        @Override
        public void save(Wallet wallet) throws IOException {
            write(file, folder, MAPPER.writeValueAsBytes(wallet.json()));
        }

        @Override
        public void close() throws IOException {
            lock.close();
            HELD.remove(file);
        }
    }

    private Wallet(Storage storage) {
        this.storage = storage;
    }

    /// Returns a wallet in memory, which is lost when the process ends.
    public static Wallet inMemory() {
        return new Wallet(_ -> {});
    }

    /// Opens the wallet in `file` and holds it until [#close]; creates the file with mode 0600 if it does not
    /// exist.
    ///
    /// @throws IOException if another program holds the file, or it cannot be read or is not a wallet
    public static Wallet in(Path file) throws IOException {
        var wallet = new Wallet(LockedFile.hold(file));
        try {
            if (Files.exists(file)) wallet.read(file);
            return wallet;
        } catch (IOException e) {
            wallet.close();
            throw e;
        }
    }

    /// The class in which its book is drawn; null before the first draw on this device.
    private @Nullable String drawnClass;

    private void read(Path file) throws IOException {
        try {
            JsonNode json = MAPPER.readTree(Files.readAllBytes(file));
            if (json.path("v").asInt(0) != 1) throw new IOException(file + " is not a wallet of version 1");
            if (json.path("secret").isString()) {
                secret = BookSecret.of(BookPage.decode(json.path("secret").stringValue("")));
            }
            isRecovered = json.path("recovered").asBoolean(false);
            drawnClass = json.path("class").stringValue(null);
            for (JsonNode page : json.path("pages")) keep(BookPage.of(page));
            for (var one : json.path("instances").properties()) {
                instances.put(one.getKey(), SeenInstance.of(one.getValue()));
            }
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException(file + " is not a wallet"); // no cause: its message could hold a secret
        }
    }

    private void keep(BookPage bookPage) {
        pages.put(bookPage.key(), bookPage);
    }

    /// The secret of the owner's book, made at the first call. It is on disk when it returns.
    synchronized BookSecret secret(SecureRandom random) throws IOException {
        if (secret == null) {
            secret = BookSecret.random(random);
            storage.save(this);
        }
        return secret;
    }

    /// The secret of the owner's book; empty if nothing was drawn yet.
    synchronized Optional<BookSecret> secret() {
        return Optional.ofNullable(secret);
    }

    /// Takes over the secret of a book that was drawn on another device. It is on disk when it returns.
    ///
    /// @throws IllegalArgumentException if this wallet has another book
    synchronized void recover(BookSecret other) throws IOException {
        if (secret != null && !secret.equals(other)) {
            throw new IllegalArgumentException("this wallet has another book: choose a new file with --wallet");
        }
        if (secret != null) return;
        secret = other;
        isRecovered = true;
        storage.save(this);
    }

    /// True if the book was drawn on another device first, which may have signed with it.
    synchronized boolean isRecovered() {
        return isRecovered;
    }

    /// Checks that the book in this wallet is not one of another class: an entry is counted where its book was drawn.
    ///
    /// @throws IllegalArgumentException if it is
    synchronized void requireClass(String name) throws IOException {
        if (drawnClass == null) {
            drawnClass = name;
            storage.save(this); // before anything is sent: the answer may be lost
        }
        if (drawnClass.equals(name)) return;
        throw new IllegalArgumentException(
                name.equals(Manifest.IN_PERSON)
                        ? "this wallet's book was drawn by e-mail: choose a new file with --wallet for the card"
                        : "this wallet's book was drawn with a card: choose a new file with --wallet");
    }

    synchronized Optional<BookPage> page(String key) {
        return Optional.ofNullable(pages.get(key));
    }

    synchronized Optional<BookPage> pageFor(BoxId box) {
        return pages.values().stream()
                .filter(bookPage -> bookPage.box().equals(box.value()))
                .findFirst();
    }

    /// Replaces the pages with the same keys. They are on disk when it returns.
    synchronized void put(List<BookPage> changed) throws IOException {
        changed.forEach(this::keep);
        storage.save(this);
    }

    /// What the owner has seen at the address `host`, a name with a port if there is one.
    synchronized SeenInstance seen(String host) {
        return instances.getOrDefault(host, SeenInstance.NOTHING);
    }

    /// Replaces what the owner has seen at an address. It is on disk when it returns.
    synchronized void remember(String host, SeenInstance seen) throws IOException {
        instances.put(host, seen);
        storage.save(this);
    }

    private ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode().put("v", 1);
        if (secret != null) json.put("secret", BookPage.encode(secret.bytes()));
        if (isRecovered) json.put("recovered", true);
        if (drawnClass != null) json.put("class", drawnClass);
        instances.forEach((host, seen) -> json.withObject("instances").set(host, seen.json()));
        pages.values().forEach(bookPage -> json.withArray("pages").add(bookPage.json()));
        return json;
    }

    private static void write(Path file, Path folder, byte[] json) throws IOException {
        Path next = Files.createTempFile(folder, ".wallet", ".json", owner("rw-------"));
        try {
            try (var channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(json);
                while (bytes.hasRemaining()) channel.write(bytes);
                channel.force(true);
            }
            Files.move(next, file, ATOMIC_MOVE, REPLACE_EXISTING);
            if (isPosix()) {
                try (var names = FileChannel.open(folder, StandardOpenOption.READ)) {
                    names.force(true); // write the new name to disk too
                }
            }
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private static FileAttribute<?>[] owner(String mode) {
        return isPosix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    @Override
    public void close() throws IOException {
        storage.close();
    }

    @Override
    public String toString() {
        return "Wallet(hidden)";
    }
}
