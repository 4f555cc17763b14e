package org.undersigned.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The most memory this process ever held.
final class Memory {
    private Memory() {}

    /// VmHWM of Linux, in KiB.
    ///
    /// @throws IOException this system does not tell: what is not measured is not claimed
    static long peakKib() throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) return Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
        throw new IOException("this system does not tell a process's peak memory");
    }
}
