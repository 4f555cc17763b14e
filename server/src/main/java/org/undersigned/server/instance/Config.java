package org.undersigned.server.instance;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.count.witness.WitnessPeers;
import org.undersigned.server.platform.StartupFailure;
import org.undersigned.server.platform.mail.SmtpTransport;

/// What an operator can set. Options win over the environment; docs/OPERATING.md lists each with its default and
/// reason.
///
/// @param mode      demo or serve
/// @param bind      address to listen on
/// @param data      the one directory everything is kept in
/// @param publicUrl where people reach this instance, without a path
/// @param database  JDBC address, or null for the private PostgreSQL
/// @param masterKey 32 bytes in base64, or null for the file in the data directory
/// @param smtp      null in the demonstration, whose mail goes nowhere
/// @param signers   demonstration: whether programs sign
/// @param federates whether campaigns can be followed over ActivityPub
/// @param program   where people get the program that recounts, or null if nobody said
/// @param peers     instances that cosign this one's register, or whose registers it cosigns
public record Config(
        Mode mode,
        String bind,
        int port,
        Path data,
        URI publicUrl,
        @Nullable String database,
        String databaseUser,
        String databasePassword,
        @Nullable String masterKey,
        SmtpTransport.@Nullable Settings smtp,
        boolean signers,
        boolean federates,
        @Nullable URI program,
        WitnessPeers peers) {

    /// The demonstration's name in its record; `.example` belongs to nobody (RFC 2606).
    private static final String DEMO_HOST = "demo.undersigned.example";

    /// Where an instance for real use keeps everything, unless told otherwise.
    public static final String SERVE_DATA = "data/serve";

    enum Mode {
        DEMO,
        SERVE
    }

    /// @throws StartupFailure naming the option or variable that is wrong, and what it wants
    public static Config of(String[] args, Map<String, String> environment) {
        if (args.length == 0) throw new StartupFailure("say what to do: demo or serve");
        var mode =
                switch (args[0]) {
                    case "demo" -> Mode.DEMO;
                    case "serve" -> Mode.SERVE;
                    default -> throw new StartupFailure("unknown command \"" + args[0] + "\"; want demo or serve");
                };
        var settings = new Settings(environment);
        for (var i = 1; i < args.length; i++) {
            switch (args[i]) {
                case "--port" -> settings.put("PORT", value(args, ++i));
                case "--data" -> settings.put("UNDERSIGNED_DATA", value(args, ++i));
                case "--bind" -> settings.put("BIND", value(args, ++i));
                case "--public-url" -> settings.put("PUBLIC_URL", value(args, ++i));
                case "--no-signers" -> settings.put("UNDERSIGNED_DEMO_SIGNERS", "no");
                default ->
                    throw new StartupFailure(
                            "unknown option \"" + args[i] + "\"; want --port, --data, --bind or --public-url");
            }
        }
        return mode == Mode.DEMO ? demo(settings) : serve(settings);
    }

    private static Config demo(Settings settings) {
        var port = settings.port("PORT", 8080);
        return new Config(
                Mode.DEMO,
                settings.get("BIND", "127.0.0.1"),
                port,
                Path.of(settings.get("UNDERSIGNED_DATA", "data/demo")),
                URI.create("http://localhost:" + port),
                null,
                "",
                "",
                null,
                null,
                !settings.get("UNDERSIGNED_DEMO_SIGNERS", "yes").equals("no"),
                !settings.get("UNDERSIGNED_FEDERATION", "yes").equals("no"),
                program(settings),
                peers(settings));
    }

    private static Config serve(Settings settings) {
        var port = settings.port("PORT", 8080);
        var smtp = new SmtpTransport.Settings(
                settings.required("SMTP_HOST", "the mail server that sends the codes"),
                settings.port("SMTP_PORT", 587),
                settings.get("SMTP_USER", ""),
                settings.get("SMTP_PASSWORD", ""),
                settings.required("MAIL_FROM", "the address the codes come from"),
                !settings.get("SMTP_STARTTLS", "yes").equals("no"));
        var database = settings.find("DATABASE_URL");
        return new Config(
                Mode.SERVE,
                settings.get("BIND", "127.0.0.1"),
                port,
                Path.of(settings.get("UNDERSIGNED_DATA", SERVE_DATA)),
                publicUrl(settings.required("PUBLIC_URL", "the address people reach this instance at")),
                database == null ? null : jdbc(database),
                settings.get("DATABASE_USER", ""),
                settings.get("DATABASE_PASSWORD", ""),
                settings.find("UNDERSIGNED_MASTER_KEY"),
                smtp,
                false,
                !settings.get("UNDERSIGNED_FEDERATION", "yes").equals("no"),
                program(settings),
                peers(settings));
    }

    private static WitnessPeers peers(Settings settings) {
        try {
            return WitnessPeers.parse(settings.get("WITNESSES", ""), settings.get("WITNESS_LOGS", ""));
        } catch (IllegalArgumentException e) {
            throw new StartupFailure(
                    "WITNESSES wants addresses with keys, WITNESS_LOGS keys, with commas between: " + e.getMessage());
        }
    }

    /// The instance's name in its record.
    String host() {
        return mode == Mode.DEMO ? DEMO_HOST : publicUrl.getAuthority();
    }

    private static @Nullable URI program(Settings settings) {
        var wanted = "PROGRAM_URL wants the address of a page like https://code.example.org/undersigned";
        var text = settings.find("PROGRAM_URL");
        if (text == null) return null;
        var url = uri(text, wanted);
        if (url.getHost() == null || url.getUserInfo() != null || !isWeb(url)) throw new StartupFailure(wanted);
        return url;
    }

    private static boolean isWeb(URI url) {
        return "https".equals(url.getScheme()) || "http".equals(url.getScheme());
    }

    private static URI publicUrl(String text) {
        var wanted = "PUBLIC_URL wants an address like https://sign.example.org, without a path";
        var url = uri(text.endsWith("/") ? text.substring(0, text.length() - 1) : text, wanted);
        var plain = url.getHost() != null && url.getPath().isEmpty() && url.getQuery() == null;
        if (!plain || !isWeb(url) || url.getUserInfo() != null || url.getFragment() != null)
            throw new StartupFailure(wanted);
        return url;
    }

    /// `postgresql://…` as most hosts give it, or JDBC's own form. A password in it is moved to the driver's
    /// properties.
    public static String jdbc(String url) {
        if (url.startsWith("jdbc:postgresql:")) return url;
        var wanted = "DATABASE_URL wants the form postgresql://host:5432/name"; // it is never quoted
        if (!url.startsWith("postgres://") && !url.startsWith("postgresql://")) throw new StartupFailure(wanted);
        if (url.contains("@")) {
            throw new StartupFailure(
                    "put user and password in DATABASE_USER and DATABASE_PASSWORD, not in the address");
        }
        return "jdbc:" + uri(url.replaceFirst("^postgres://", "postgresql://"), wanted);
    }

    /// @throws StartupFailure saying what is wanted, not what is there: it may hold a secret
    private static URI uri(String text, String wanted) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new StartupFailure(wanted);
        }
    }

    /// The value of the option before it.
    public static String value(String[] args, int i) {
        if (i >= args.length) throw new StartupFailure("the option " + args[i - 1] + " wants a value");
        return args[i];
    }

    /// What is set: by the environment, or by an option in its place.
    public static final class Settings {
        private final Map<String, String> values;

        public Settings(Map<String, String> environment) {
            values = new java.util.HashMap<>(environment);
        }

        public void put(String name, String value) {
            values.put(name, value);
        }

        @Nullable
        public String find(String name) {
            var value = values.get(name);
            return value == null || value.isBlank() ? null : value.strip();
        }

        public String get(String name, String otherwise) {
            var value = find(name);
            return value == null ? otherwise : value;
        }

        String required(String name, String what) {
            var value = find(name);
            if (value == null) throw new StartupFailure("set " + name + ": " + what);
            return value;
        }

        int port(String name, int otherwise) {
            var value = get(name, Integer.toString(otherwise));
            if (value.matches("[0-9]{1,5}") && Integer.parseInt(value) <= 65535) return Integer.parseInt(value);
            throw new StartupFailure(name + " wants a port number up to 65535");
        }
    }

    @Override
    public String toString() {
        return "Config(" + mode + " " + bind + ":" + port + ")";
    }
}
