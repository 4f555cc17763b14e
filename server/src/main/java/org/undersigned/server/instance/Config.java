package org.undersigned.server.instance;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.undersigned.record.Manifest;
import org.undersigned.server.count.lifecycle.BoxProvisioner;
import org.undersigned.server.count.register.NamedRelay;
import org.undersigned.server.count.witness.WitnessPeers;
import org.undersigned.server.demo.Demo;
import org.undersigned.server.platform.PlatformModule.DatabaseServer;
import org.undersigned.server.platform.mail.SmtpTransport;
import org.undersigned.server.platform.startup.StartupFailure;

/// The configuration that an operator can set. Options take precedence over the environment; docs/OPERATING.md
/// lists each setting with its default and reason.
///
/// @param mode      demo or serve
/// @param bind      address to listen on
/// @param data      the directory in which everything is stored
/// @param publicUrl where people reach this instance, without a path
/// @param database  JDBC address, or null for the private PostgreSQL
/// @param masterKey 32 bytes in base64, or null for the file in the data directory
/// @param smtp      null in the demonstration, which sends no mail
/// @param signers   demonstration: true if programs sign
/// @param federates true if campaigns can be followed over ActivityPub
/// @param program   where people get the program that recounts, or null if not set
/// @param verifiers addresses of the verifier at other hosts, to which the record page links
/// @param peers     instances that cosign this one's register, or whose registers it cosigns
/// @param batches   how boxes publish; the mode decides
/// @param relay     through which clients cast; null if not set. The demonstration starts one of its own
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
        List<URI> verifiers,
        WitnessPeers peers,
        Manifest.Publish batches,
        @Nullable NamedRelay relay) {

    /// The demonstration's name in its record; `.example` belongs to nobody (RFC 2606).
    private static final String DEMO_HOST = "demo.undersigned.example";

    /// The default data directory of an instance for real use.
    public static final String SERVE_DATA = "data/serve";

    enum Mode {
        DEMO,
        SERVE
    }

    /// The demonstration's configuration. It always uses the private PostgreSQL, whatever `DATABASE_URL` says.
    ///
    /// @throws StartupFailure that names the wrong setting and its expected form
    public static Config demo(Settings settings) {
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
                settings.isOn("UNDERSIGNED_DEMO_SIGNERS"),
                settings.isOn("UNDERSIGNED_FEDERATION"),
                program(settings),
                verifiers(settings, URI.create("http://localhost:" + port)),
                peers(settings),
                Demo.BATCHES,
                null);
    }

    /// The configuration for real use.
    ///
    /// @throws StartupFailure that names the missing or wrong setting and its expected form
    public static Config serve(Settings settings) {
        var port = settings.port("PORT", 8080);
        var smtp = new SmtpTransport.Settings(
                settings.required("SMTP_HOST", "the mail server that sends the codes"),
                settings.port("SMTP_PORT", 587),
                settings.get("SMTP_USER", ""),
                settings.get("SMTP_PASSWORD", ""),
                settings.required("MAIL_FROM", "the address the codes come from"),
                settings.isOn("SMTP_STARTTLS"));
        var database = settings.find("DATABASE_URL");
        var publicUrl = publicUrl(settings);
        return new Config(
                Mode.SERVE,
                settings.get("BIND", "127.0.0.1"),
                port,
                Path.of(settings.get("UNDERSIGNED_DATA", SERVE_DATA)),
                publicUrl,
                database == null ? null : jdbc(database),
                settings.get("DATABASE_USER", ""),
                settings.get("DATABASE_PASSWORD", ""),
                settings.find("UNDERSIGNED_MASTER_KEY"),
                smtp,
                false,
                settings.isOn("UNDERSIGNED_FEDERATION"),
                program(settings),
                verifiers(settings, publicUrl),
                peers(settings),
                BoxProvisioner.BATCHES,
                relay(settings, publicUrl));
    }

    private static WitnessPeers peers(Settings settings) {
        try {
            return WitnessPeers.parse(
                    settings.get("WITNESSES", ""),
                    settings.get("WITNESS_QUORUM", ""),
                    settings.get("WITNESS_LOGS", ""));
        } catch (IllegalArgumentException e) {
            throw new StartupFailure(
                    "WITNESSES must be addresses with keys, WITNESS_LOGS must be keys, separated by commas: "
                            + e.getMessage());
        }
    }

    /// This configuration with another relay.
    public Config with(NamedRelay other) {
        return with(verifiers, other);
    }

    /// This configuration with other copies of the verifier.
    public Config with(List<URI> others) {
        return with(others, relay);
    }

    private Config with(List<URI> verifiers, @Nullable NamedRelay relay) {
        return new Config(
                mode,
                bind,
                port,
                data,
                publicUrl,
                database,
                databaseUser,
                databasePassword,
                masterKey,
                smtp,
                signers,
                federates,
                program,
                verifiers,
                peers,
                batches,
                relay);
    }

    private static @Nullable NamedRelay relay(Settings settings, URI publicUrl) {
        var url = settings.find("RELAY_URL");
        var operator = settings.find("RELAY_OPERATOR");
        if (url == null && operator == null) return null;
        if (url == null || operator == null) {
            throw new StartupFailure("set RELAY_URL and RELAY_OPERATOR together: where the relay is, and who runs it");
        }
        try {
            var relay = new NamedRelay(uri(url, "RELAY_URL must be an address"), operator);
            var host = relay.url().getHost();
            var isHere = List.of("localhost", "127.0.0.1").contains(host);
            if (!"https".equals(relay.url().getScheme()) && !isHere) {
                throw new StartupFailure("RELAY_URL must begin with https: browsers refuse the rest");
            }
            if (host.equalsIgnoreCase(publicUrl.getHost()) && !isHere) {
                throw new StartupFailure("RELAY_URL must be at another host: another organization runs a relay");
            }
            return relay;
        } catch (IllegalArgumentException e) {
            throw new StartupFailure("RELAY_URL and RELAY_OPERATOR cannot be used: " + e.getMessage());
        }
    }

    /// The instance's name in its record.
    String host() {
        return mode == Mode.DEMO ? DEMO_HOST : publicUrl.getAuthority();
    }

    private static @Nullable URI program(Settings settings) {
        var wanted = "PROGRAM_URL must be the address of a page like https://code.example.org/undersigned";
        var text = settings.find("PROGRAM_URL");
        if (text == null) return null;
        var url = uri(text, wanted);
        if (url.getHost() == null || url.getUserInfo() != null || !isWeb(url)) throw new StartupFailure(wanted);
        return url;
    }

    /// Several, so that a reader can choose one of whom they trust; few, so that they can choose.
    private static final int MOST_VERIFIERS = 8;

    private static List<URI> verifiers(Settings settings, URI publicUrl) {
        var wanted = "VERIFIERS must be at most " + MOST_VERIFIERS
                + " addresses like https://other.example.net/verifier/, separated by commas";
        var text = settings.find("VERIFIERS");
        if (text == null) return List.of();
        var urls = Stream.of(text.split(",", -1))
                .map(one -> uri(one.strip(), wanted))
                .toList();
        for (var url : urls) {
            var isPlain = url.getHost() != null
                    && url.getUserInfo() == null
                    && url.getQuery() == null
                    && url.getFragment() == null
                    && url.getPath().endsWith("/");
            if (!isPlain || !isSafe(url) || urls.size() > MOST_VERIFIERS) throw new StartupFailure(wanted);
            if (url.getAuthority().equals(publicUrl.getAuthority())) {
                throw new StartupFailure("VERIFIERS must be at other hosts: this one serves its own at /verifier/");
            }
        }
        return urls;
    }

    /// True if a browser does cryptography in a page from there.
    private static boolean isSafe(URI url) {
        return "https".equals(url.getScheme())
                || "http".equals(url.getScheme())
                        && List.of("localhost", "127.0.0.1").contains(url.getHost());
    }

    private static boolean isWeb(URI url) {
        return "https".equals(url.getScheme()) || "http".equals(url.getScheme());
    }

    /// Where people reach the instance.
    ///
    /// @throws StartupFailure if `PUBLIC_URL` is missing or wrong
    public static URI publicUrl(Settings settings) {
        return publicUrl(settings.required("PUBLIC_URL", "the address people reach this instance at"));
    }

    private static URI publicUrl(String text) {
        var wanted = "PUBLIC_URL must be an address like https://sign.example.org, without a path";
        var url = uri(text.endsWith("/") ? text.substring(0, text.length() - 1) : text, wanted);
        var plain = url.getHost() != null && url.getPath().isEmpty() && url.getQuery() == null;
        if (!plain || !isWeb(url) || url.getUserInfo() != null || url.getFragment() != null)
            throw new StartupFailure(wanted);
        return url;
    }

    /// Converts an address `postgresql://…`, the form that most providers give, to JDBC's form; returns a JDBC
    /// address as it is.
    ///
    /// @throws StartupFailure if the form is wrong, or the address contains user and password, which have settings
    ///     of their own
    public static String jdbc(String url) {
        if (url.startsWith("jdbc:postgresql:")) return url;
        var wanted = "DATABASE_URL must have the form postgresql://host:5432/name"; // the value is never quoted
        if (!url.startsWith("postgres://") && !url.startsWith("postgresql://")) throw new StartupFailure(wanted);
        if (url.contains("@")) {
            throw new StartupFailure(
                    "set user and password in DATABASE_USER and DATABASE_PASSWORD, not in DATABASE_URL");
        }
        return "jdbc:" + uri(url.replaceFirst("^postgres://", "postgresql://"), wanted);
    }

    /// @throws StartupFailure with `wanted`, without the given text, which may hold a secret
    private static URI uri(String text, String wanted) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new StartupFailure(wanted);
        }
    }

    boolean isDemo() {
        return mode == Mode.DEMO;
    }

    /// The operator's own PostgreSQL, or null for the private one.
    @Nullable
    DatabaseServer databaseServer() {
        return database == null ? null : new DatabaseServer(database, databaseUser, databasePassword);
    }

    @Override
    public String toString() {
        return "Config(" + mode + " " + bind + ":" + port + ")";
    }
}
