package org.undersigned.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/// One run of the command line.
record CliRun(int status, String out, String err) {
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
