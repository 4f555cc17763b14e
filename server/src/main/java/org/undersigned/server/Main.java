package org.undersigned.server;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.System.Logger.Level;
import java.nio.charset.Charset;
import java.util.logging.LogManager;
import org.undersigned.server.command.Commands;

/// The server's program: see [Commands].
public final class Main {
    private Main() {}

    static void main(String[] args) {
        limitLogs();
        var in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        System.exit(Commands.commandLine(System.getenv(), in).execute(args));
    }

    /// Logs warnings and errors only, one line each, without anything a request carried.
    private static void limitLogs() {
        try (var settings = Main.class.getResourceAsStream("/logging.properties")) {
            LogManager.getLogManager().readConfiguration(settings);
        } catch (java.io.IOException e) {
            System.getLogger(Main.class.getName()).log(Level.WARNING, "the log settings cannot be read");
        }
    }
}
