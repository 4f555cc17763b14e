package org.undersigned.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;

/// One run of the command line.
record CliRun(int status, String out, String err) {
    /// Runs it while a person types `lines`.
    static CliRun typing(String lines, String... args) {
        var before = System.in;
        System.setIn(new ByteArrayInputStream(lines.getBytes(UTF_8)));
        try {
            return of(args);
        } finally {
            System.setIn(before);
        }
    }

    static CliRun of(String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        int status = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
        return new CliRun(status, out.toString(), err.toString());
    }
}
