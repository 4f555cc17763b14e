package org.undersigned.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.undersigned.record.recount.Progress;

/// One line on a terminal, updated repeatedly: leaves counted, speed and estimated remaining time.
/// `box  [########............]  41 %  412,000 of 1,000,000  21,300/s  28 s left`
final class ProgressBar implements Progress {
    private static final int CELLS = 24;
    private static final long EVERY_NANOS = 200_000_000;
    private static final String CLEAR = "\r\u001b[K";

    private final PrintStream terminal;
    private final LongSupplier nanos;
    private String log = "";
    private long began;
    private long first;
    private long shown;

    /// @param nanos a clock such as [System#nanoTime]
    ProgressBar(PrintStream terminal, LongSupplier nanos) {
        this.terminal = terminal;
        this.nanos = nanos;
    }

    /// Returns a bar on standard error, or [#NONE] if there is no terminal.
    static Progress onTerminal() {
        var console = System.console();
        return console != null && console.isTerminal() ? new ProgressBar(System.err, System::nanoTime) : NONE;
    }

    @Override
    public void reached(String which, long leaves, long of) {
        long now = nanos.getAsLong();
        if (!which.equals(log)) {
            log = which;
            began = now;
            first = leaves;
            shown = now; // a very short recount shows nothing
        } else if (leaves == of) {
            terminal.print(CLEAR);
        } else if (now - shown >= EVERY_NANOS) {
            shown = now;
            terminal.print(CLEAR + line(leaves, of, (now - began) / 1e9));
        }
        terminal.flush();
    }

    private String line(long leaves, long of, double seconds) {
        double rate = Math.max(1, (leaves - first) / seconds);
        int filled = (int) (CELLS * leaves / of);
        return String.format(
                Locale.ROOT,
                "%-8s [%s%s] %3d %%  %,d of %,d  %,.0f/s  %s left",
                log,
                "#".repeat(filled),
                ".".repeat(CELLS - filled),
                100 * leaves / of,
                leaves,
                of,
                rate,
                left(Math.round((of - leaves) / rate)));
    }

    private static String left(long seconds) {
        if (seconds < 90) return seconds + " s";
        return seconds < 5400 ? (seconds + 30) / 60 + " min" : (seconds + 1800) / 3600 + " h";
    }
}
