package org.undersigned.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/// Processor time of all cores since some moment, in seconds.
///
/// @param own    of this process and the programs that it started, with theirs: client, server and database
/// @param others of all other programs; a program that this process started and that has ended is among them
record ProcessorTime(double own, double others) {
    private static final double TICKS_PER_SECOND = 100; // of /proc/stat, on every Linux

    /// Until now.
    ///
    /// @throws IOException if this system does not report it
    static ProcessorTime now() throws IOException {
        var self = ProcessHandle.current();
        var own = Stream.concat(Stream.of(self), self.descendants())
                .map(process -> process.info().totalCpuDuration())
                .flatMap(Optional::stream)
                .mapToLong(Duration::toNanos)
                .sum();
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            var busy = busySeconds(lines.findFirst().orElse(""));
            return new ProcessorTime(own / 1e9, busy - own / 1e9);
        }
    }

    /// What was used since `before`.
    ProcessorTime since(ProcessorTime before) {
        return new ProcessorTime(own - before.own, Math.max(0, others - before.others));
    }

    /// Reads the first line of /proc/stat: `cpu user nice system idle iowait irq softirq steal …`, in ticks.
    static double busySeconds(String line) throws IOException {
        var words = line.split(" +");
        if (words.length < 9 || !words[0].equals("cpu")) throw new IOException("/proc/stat has another form");
        var busy = 0L;
        for (var i = 1; i <= 8; i++) {
            if (i != 4 && i != 5) busy += Long.parseLong(words[i]); // idle, iowait
        }
        return busy / TICKS_PER_SECOND;
    }
}
