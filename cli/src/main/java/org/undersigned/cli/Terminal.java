package org.undersigned.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// What a command says to a person, and what it asks them.
final class Terminal {
    private final PrintWriter out;
    private @Nullable BufferedReader input;

    Terminal(@Nullable CommandSpec spec) {
        if (spec == null) throw new IllegalStateException("the command is not started");
        out = spec.commandLine().getOut();
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }

    /// @throws IllegalArgumentException if the person types nothing
    String ask(String prompt) throws IOException {
        out.print(prompt);
        out.flush();
        if (input == null) input = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        String line = input.readLine();
        if (line == null || line.isBlank()) throw new IllegalArgumentException("the input is empty");
        return line.strip();
    }
}
