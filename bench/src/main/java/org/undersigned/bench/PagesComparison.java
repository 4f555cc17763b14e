package org.undersigned.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Public pages of a running instance, compared with nginx sending the same bytes from a file: same client, same
/// number of connections, in turns. Everything runs on loopback. This class stops every process that it starts.
final class PagesComparison {
    private static final List<String> PATHS = List.of("/p/tufts-sanctuary?lang=en", "/k/sanctuary-campus?lang=en");
    private static final int ROUNDS = 3;
    private static final int SECONDS = 4;
    private static final int CONNECTIONS = 64;
    private static final Pattern RATE = Pattern.compile("Requests/sec: +([0-9.]+)");

    private final Path directory;
    private final HttpClient http = HttpClient.newHttpClient();

    private PagesComparison(Path directory) {
        this.directory = directory;
    }

    /// @param serverClassPath class path of the server program
    static List<BenchRow> run(String serverClassPath) throws IOException, InterruptedException {
        for (var program : List.of("nginx", "wrk")) {
            if (!isInstalled(program)) {
                throw new IOException(program + " is missing: sudo apt-get install nginx-light wrk");
            }
        }
        var directory = Files.createTempDirectory("bench-pages");
        try {
            return new PagesComparison(directory).compare(serverClassPath);
        } finally {
            ServerProgram.delete(directory);
        }
    }

    private static boolean isInstalled(String program) {
        return List.of(System.getenv("PATH").split(":")).stream()
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)))
                || Files.isExecutable(Path.of("/usr/sbin", program));
    }

    private List<BenchRow> compare(String serverClassPath) throws IOException, InterruptedException {
        try (var server = ServerProgram.java(
                serverClassPath,
                directory,
                Map.of(),
                "demo",
                "--no-signers",
                "--data",
                directory.resolve("data").toString())) {
            Files.createDirectory(directory.resolve("www"));
            for (var i = 0; i < PATHS.size(); i++) keep(server.port(), PATHS.get(i), i);
            var theirs = ServerProgram.freePort();
            var nginx = List.of(
                    "nginx",
                    "-p",
                    directory.toString(),
                    "-c",
                    configuration(theirs).toString());
            try (var _ = ServerProgram.start(directory, theirs, Map.of(), nginx)) {
                var rows = new ArrayList<BenchRow>();
                for (var i = 0; i < PATHS.size(); i++) rows.add(compare(server.port(), theirs, i));
                return rows;
            }
        }
    }

    private BenchRow compare(int ours, int theirs, int page) throws IOException, InterruptedException {
        var best = 0.0;
        var limit = 0.0;
        for (var round = 0; round < ROUNDS; round++) {
            limit = Math.max(limit, load(theirs, "/" + page));
            best = Math.max(best, load(ours, PATHS.get(page)));
        }
        var size = Files.size(directory.resolve("www/" + page));
        return new BenchRow("page " + PATHS.get(page), best, "nginx, the same " + size + " bytes", limit, 0.5);
    }

    private double load(int port, String path) throws IOException, InterruptedException {
        var wrk = new ProcessBuilder(
                        "wrk",
                        "-t1",
                        "-c" + CONNECTIONS,
                        "-d" + SECONDS + "s",
                        "-H",
                        "Accept-Encoding: gzip",
                        "http://127.0.0.1:" + port + path)
                .redirectErrorStream(true)
                .start();
        var said = new String(wrk.getInputStream().readAllBytes(), UTF_8);
        wrk.waitFor();
        var rate = RATE.matcher(said);
        if (!rate.find() || said.contains("Non-2xx")) throw new IOException("wrk failed: " + said);
        return Double.parseDouble(rate.group(1));
    }

    private void keep(int port, String path, int page) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Accept-Encoding", "gzip")
                .build();
        var body = http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
        Files.write(directory.resolve("www/" + page), body);
    }

    private Path configuration(int port) throws IOException {
        return Files.writeString(directory.resolve("nginx.conf"), """
                user root; # its files are in a directory of ours; nginx ignores this unless root starts it
                daemon off;
                worker_processes auto;
                pid %1$s/nginx.pid;
                error_log %1$s/nginx.log;
                events { worker_connections 1024; }
                http {
                    access_log off;
                    default_type text/html;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    open_file_cache max=10;
                    server { listen 127.0.0.1:%2$d; root %1$s/www; add_header Content-Encoding gzip; }
                }
                """.formatted(directory, port));
    }
}
