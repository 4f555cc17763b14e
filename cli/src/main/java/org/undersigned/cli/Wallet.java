package org.undersigned.cli;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.undersigned.record.BoxId;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// A signer's secrets. In memory, or in a file only its owner can read, which is complete and on disk before anything
/// that depends on it is sent: a crash loses no token and no right to withdraw. One process at a time.
public final class Wallet {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Map<String, Page> pages = new LinkedHashMap<>();
    private final Storage storage;

    private interface Storage {
        void save(Collection<Page> pages) throws IOException;
    }

    private Wallet(Storage storage) {
        this.storage = storage;
    }

    /// A wallet that ends with the process.
    public static Wallet inMemory() {
        return new Wallet(_ -> {});
    }

    /// A wallet in `file`, made with mode 0600 when there is none.
    ///
    /// @throws IOException if the file cannot be read, or is not a wallet
    public static Wallet in(Path file) throws IOException {
        var wallet = new Wallet(pages -> write(file, pages));
        if (!Files.exists(file)) return wallet;
        try {
            JsonNode json = MAPPER.readTree(Files.readAllBytes(file));
            if (json.path("v").asInt(0) != 1) throw new IOException(file + " is not a wallet of version 1");
            for (JsonNode page : json.path("pages")) wallet.keep(Page.of(page));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException(file + " is not a wallet", e); // its words could hold a secret
        }
        return wallet;
    }

    private void keep(Page page) {
        pages.put(page.key(), page);
    }

    synchronized Optional<Page> page(String key) {
        return Optional.ofNullable(pages.get(key));
    }

    /// The page for a box, drawn ones first.
    synchronized Optional<Page> pageFor(BoxId box) {
        List<Page> of = pages.values().stream()
                .filter(page -> page.box().equals(box.value()))
                .toList();
        return of.stream()
                .filter(page -> page.token() != null)
                .findFirst()
                .or(() -> of.stream().findFirst());
    }

    /// Keeps these pages in place of the ones with their keys; stored when it returns.
    synchronized void put(List<Page> changed) throws IOException {
        changed.forEach(this::keep);
        storage.save(pages.values());
    }

    private static void write(Path file, Collection<Page> pages) throws IOException {
        var json = JsonNodeFactory.instance.objectNode().put("v", 1);
        Consumer<Page> add = page -> json.withArray("pages").add(page.json());
        pages.forEach(add);
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) throw new IOException(file + " is no file");
        if (!Files.isDirectory(folder)) Files.createDirectories(folder, owner("rwx------"));
        Path next = Files.createTempFile(folder, ".wallet", ".json", owner("rw-------"));
        try {
            try (var channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(MAPPER.writeValueAsBytes(json));
                while (bytes.hasRemaining()) channel.write(bytes);
                channel.force(true);
            }
            Files.move(next, file, ATOMIC_MOVE, REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private static FileAttribute<?>[] owner(String mode) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    @Override
    public String toString() {
        return "Wallet(hidden)";
    }
}
