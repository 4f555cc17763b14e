package org.undersigned.server.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Map;
import org.undersigned.server.command.Commands;

/// One run of an operator's command in this process.
///
/// @param status exit status
/// @param out    standard output
/// @param err    standard error
public record CommandRun(int status, String out, String err) {
    public static CommandRun of(Map<String, String> environment, String... arguments) {
        return of(environment, "", arguments);
    }

    /// @param typed standard input: the lines that the operator types
    public static CommandRun of(Map<String, String> environment, String typed, String[] arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var status = Commands.commandLine(environment, new BufferedReader(new StringReader(typed)))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new CommandRun(status, out.toString(), err.toString());
    }

    /// Asserts that the command succeeded and printed nothing to standard error.
    public CommandRun isDone() {
        assertThat(err).isEmpty();
        assertThat(status).isZero();
        return this;
    }

    /// Asserts exit status 2 and one line of output: an error message that contains `parts`.
    public CommandRun isRefused(String... parts) {
        assertThat(err.strip()).startsWith("undersigned: ").doesNotContain("\n");
        for (var part : parts) assertThat(err).contains(part);
        assertThat(out).isEmpty();
        assertThat(status).isEqualTo(2);
        return this;
    }
}
