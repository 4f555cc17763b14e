package org.undersigned.server;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.System.Logger.Level;
import java.nio.charset.Charset;
import java.util.logging.LogManager;

/// `demo` and `serve`: starts an instance, says where it is, stops it cleanly on Ctrl-C. `import`, `export`,
/// `moderate`: see [Importing], [Exporting] and [Moderating].
public final class Main {
    private Main() {}

    static void main(String[] args) {
        try {
            quietLogs();
            if (args.length > 0 && args[0].equals("import")) {
                Importing.run(args, System.getenv()).forEach(System.out::println);
                return;
            }
            if (args.length > 0 && args[0].equals("export")) {
                Exporting.run(args, System.getenv()).forEach(System.out::println);
                return;
            }
            if (args.length > 0 && args[0].equals("moderate")) {
                var in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
                Moderating.run(args, System.getenv(), in, System.out);
                return;
            }
            var config = Config.of(args, System.getenv());
            var instance = Instance.start(config);
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(instance::close));
            instance.addresses().forEach(System.out::println);
            instance.afterStart();
        } catch (StartupFailure e) {
            System.err.println("undersigned: " + e.getMessage());
            System.exit(2);
        } catch (RuntimeException e) { // whose message may hold anything
            var where = e.getStackTrace().length == 0 ? "unknown" : e.getStackTrace()[0].toString();
            System.err.println("undersigned: it cannot start: " + e.getClass().getName() + " at " + where);
            System.exit(1);
        }
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
