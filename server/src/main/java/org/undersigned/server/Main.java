package org.undersigned.server;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.System.Logger.Level;
import java.nio.charset.Charset;
import java.util.logging.LogManager;
import org.undersigned.server.command.ExportCommand;
import org.undersigned.server.command.ImportCommand;
import org.undersigned.server.command.ModerateCommand;
import org.undersigned.server.instance.Config;
import org.undersigned.server.instance.Instance;
import org.undersigned.server.platform.StartupFailure;

/// `demo` and `serve`: starts an instance, says where it is, stops it cleanly on Ctrl-C. `import`, `export`,
/// `moderate`: see [ImportCommand], [ExportCommand] and [ModerateCommand].
public final class Main {
    private Main() {}

    static void main(String[] args) {
        try {
            quietLogs();
            var environment = System.getenv();
            switch (args.length == 0 ? "" : args[0]) {
                case "import" -> ImportCommand.run(args, environment).forEach(System.out::println);
                case "export" -> ExportCommand.run(args, environment).forEach(System.out::println);
                case "moderate" -> {
                    var in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
                    ModerateCommand.run(args, environment, in, System.out);
                }
                default -> serve(Config.of(args, environment));
            }
        } catch (StartupFailure e) {
            System.err.println("undersigned: " + e.getMessage());
            System.exit(2);
        } catch (RuntimeException e) { // whose message may hold anything
            var where = e.getStackTrace().length == 0 ? "unknown" : e.getStackTrace()[0].toString();
            System.err.println("undersigned: it cannot start: " + e.getClass().getName() + " at " + where);
            System.exit(1);
        }
    }

    private static void serve(Config config) {
        var instance = Instance.start(config);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(instance::close));
        instance.addresses().forEach(System.out::println);
        instance.afterStart();
    }

    /// Warnings and errors only, on one line each, without anything a request carried.
    private static void quietLogs() {
        try (var settings = Main.class.getResourceAsStream("/logging.properties")) {
            LogManager.getLogManager().readConfiguration(settings);
        } catch (java.io.IOException e) {
            System.getLogger(Main.class.getName()).log(Level.WARNING, "the log settings cannot be read");
        }
    }
}
