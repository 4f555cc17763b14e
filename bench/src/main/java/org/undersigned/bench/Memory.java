package org.undersigned.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The peak memory of this process.
final class Memory {
    private Memory() {}

    /// VmHWM of Linux, in KiB.
    ///
    /// @throws IOException if this system does not report it
    static long peakKib() throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) return Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
        throw new IOException("this system does not report the peak memory of a process");
    }
}
