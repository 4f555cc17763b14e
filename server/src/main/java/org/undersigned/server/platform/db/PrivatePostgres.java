package org.undersigned.server.platform.db;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.platform.startup.StartupFailure;

/// The instance's own PostgreSQL server, under the data directory. It listens on loopback only and is durable
/// (fsync and synchronous_commit on). It ends with this process, even if this process is killed: the kernel then
/// sends it SIGINT, PostgreSQL's fast shutdown. If it ends before that, for example because it was killed or its disk
/// was full, it is started again on the same port, until it runs.
///
/// A crash leaves at most a cluster that must recover from its write-ahead log, which the next start does
/// automatically, and an old server that is still shutting down, for which the next start waits.
public final class PrivatePostgres implements AutoCloseable {
    /// The name of its superuser.
    public static final String SUPERUSER = "postgres";

    private static final String CLUSTER = "cluster"; // folder of its data

    private static final int START_SECONDS = 60;
    private static final int STOP_SECONDS = 30;
    private static final int PORT_LINE = 3; // index of the line in postmaster.pid, from 0

    private static final Logger LOG = System.getLogger(PrivatePostgres.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final long TOO_LITTLE = 16 << 20; // bytes with which PostgreSQL does not start
    private static final Pattern FAILURE = Pattern.compile(" (FATAL|PANIC|ERROR): ");
    /// What a line of PostgreSQL's log has before its message: another time on each attempt.
    private static final Pattern HEAD = Pattern.compile("^.*?\\[[0-9]+] [A-Z]+: +");

    private final ProcessBuilder builder;
    private final Path log;
    private final String url;
    private final String password;
    private final CompletableFuture<@Nullable Void> started = new CompletableFuture<>();

    /// Starts every server process: the kernel sends the "parent died" signal when the thread that started the child
    /// ends.
    private final Thread keeper =
            Thread.ofPlatform().name("postgres-keeper").daemon().unstarted(this::keep);

    private volatile @Nullable Process process;
    private volatile boolean closed;

    private PrivatePostgres(Path binaries, Path cluster, String password, UnprivilegedUser user) throws IOException {
        var port = freePort();
        var command = new ArrayList<String>(List.of("setsid"));
        command.addAll(user.prefixDyingWithUs());
        command.addAll(List.of(binaries.resolve("bin/postgres").toString(), "-D", cluster.toString()));
        for (var setting : settings(port)) command.addAll(List.of("-c", setting));
        this.log = cluster.resolveSibling("postgres.log");
        this.builder = new ProcessBuilder(command)
                .directory(cluster.resolveSibling(".").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        this.url = url(port);
        this.password = password;
    }

    /// Creates the cluster if there is none, and starts the server.
    ///
    /// @param password password of the superuser `postgres`
    /// @throws StartupFailure with one line that names the problem
    public static PrivatePostgres start(Path directory, String password) {
        try {
            Files.createDirectories(directory);
            var user = UnprivilegedUser.forData(directory);
            var binaries = PostgresBinaries.unpackInto(directory, user);
            var cluster = directory.resolve(CLUSTER);
            if (!Files.exists(cluster.resolve("PG_VERSION"))) create(binaries, cluster, password, user);
            waitForPredecessor(cluster);
            var postgres = new PrivatePostgres(binaries, cluster, password, user);
            postgres.keeper.start();
            postgres.started.get();
            return postgres;
        } catch (IOException e) {
            throw new StartupFailure(
                    "the private PostgreSQL under " + directory + " did not start: " + e.getMessage(), e);
        } catch (ExecutionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            throw new StartupFailure(
                    "the private PostgreSQL under " + directory + " did not start: " + cause.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupFailure("interrupted while PostgreSQL was starting", e);
        }
    }

    /// True if there is a cluster in `directory`, running or not.
    public static boolean hasCluster(Path directory) {
        return Files.exists(directory.resolve(CLUSTER));
    }

    /// JDBC address of the server that another process of this program runs in `directory`; empty if none runs.
    public static Optional<String> running(Path directory) {
        try {
            return runningOn(directory.resolve(CLUSTER))
                    .filter(running -> running.file().size() > PORT_LINE)
                    .map(running ->
                            url(Integer.parseInt(running.file().get(PORT_LINE).strip())));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /// JDBC address of the database `postgres`, without credentials.
    public String url() {
        return url;
    }

    @Override
    public void close() {
        closed = true;
        keeper.interrupt();
        try {
            keeper.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var last = process;
        if (last != null) stop(last.toHandle());
    }

    private static void create(Path binaries, Path cluster, String password, UnprivilegedUser user)
            throws IOException, InterruptedException {
        var fresh = cluster.resolveSibling("cluster.new");
        delete(fresh); // left by an interrupted first start
        var passwordFile = cluster.resolveSibling("password.new");
        Files.deleteIfExists(passwordFile);
        Files.createFile(
                passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwordFile, password);
        user.own(passwordFile);
        var initdb = new ArrayList<String>(user.prefix());
        initdb.addAll(List.of(
                binaries.resolve("bin/initdb").toString(),
                "--pgdata=" + fresh,
                "--username=" + SUPERUSER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--data-checksums",
                "--wal-segsize=1")); // MB: old parts of the write-ahead log can be removed soon
        var log = cluster.resolveSibling("initdb.log");
        var process = new ProcessBuilder(initdb)
                .directory(cluster.resolveSibling(".").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly();
        Files.delete(passwordFile);
        if (process.exitValue() != 0) throw new IOException("initdb failed: " + failure(log));
        Files.move(fresh, cluster); // the commit point: a half-made cluster is never started
    }

    /// Starts the server, and starts it again each time it ends, until it is closed.
    private void keep() {
        try {
            start();
            started.complete(null);
            while (!closed) {
                var status = Objects.requireNonNull(process).waitFor();
                LOG.log(
                        Level.ERROR,
                        "the private PostgreSQL ended with status {0}; it is started again, and requests wait",
                        Integer.toString(status));
                startAgain();
            }
        } catch (IOException | RuntimeException | Error e) {
            started.completeExceptionally(e);
        } catch (InterruptedException e) {
            started.completeExceptionally(e); // if it is closed, nobody waits for this
        }
    }

    /// Tries again until the server runs. Each cause of a failure is said once.
    private void startAgain() throws InterruptedException {
        var said = "";
        for (var pause = FIRST_PAUSE; ; pause = longer(pause)) {
            try {
                start();
                LOG.log(Level.WARNING, "the private PostgreSQL runs again, with all that it had accepted");
                return;
            } catch (IOException | RuntimeException e) {
                var why = isDiskFull() ? "the disk of " + log.getParent() + " is full" : String.valueOf(e.getMessage());
                if (!why.equals(said)) LOG.log(Level.ERROR, "the private PostgreSQL does not start yet: {0}", why);
                said = why;
                Thread.sleep(pause);
            }
        }
    }

    /// PostgreSQL cannot say this itself: its log is on the same disk.
    private boolean isDiskFull() {
        try {
            return Files.getFileStore(log).getUsableSpace() < TOO_LITTLE;
        } catch (IOException e) {
            return false;
        }
    }

    private static Duration longer(Duration pause) {
        var doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    private void start() throws IOException, InterruptedException {
        var starting = builder.start();
        process = starting;
        waitUntilReady(starting, url, password, log);
    }

    private static List<String> settings(int port) {
        return List.of(
                "port=" + port,
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "fsync=on",
                "synchronous_commit=on",
                "full_page_writes=on",
                "max_connections=60",
                "shared_buffers=128MB",
                // Privacy: what the write-ahead log no longer needs is deleted, and not kept for the next use.
                "wal_level=minimal",
                "max_wal_senders=0",
                "wal_recycle=off",
                "max_wal_size=256MB",
                // Privacy: no statement, parameter, key value or client address reaches the log.
                "log_statement=none",
                "log_min_error_statement=panic",
                "log_parameter_max_length=0",
                "log_parameter_max_length_on_error=0",
                "log_error_verbosity=terse",
                "log_connections=off",
                "log_disconnections=off",
                "log_checkpoints=off",
                "autovacuum_naptime=15s");
    }

    private static void waitUntilReady(Process process, String url, String password, Path log)
            throws IOException, InterruptedException {
        for (var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS); ; Thread.sleep(25)) {
            if (!process.isAlive()) throw new IOException(failure(log));
            try (var connection = DriverManager.getConnection(url, SUPERUSER, password)) {
                if (connection.isValid(5)) return;
            } catch (SQLException e) {
                if (System.nanoTime() > deadline) {
                    stop(process.toHandle());
                    throw new IOException("not ready after " + START_SECONDS + " s: " + e.getMessage(), e);
                }
            }
        }
    }

    /// Stops the server of a killed instance, which may still be shutting down on this cluster, and waits for its
    /// end.
    private static void waitForPredecessor(Path cluster) throws IOException {
        runningOn(cluster).ifPresent(old -> stop(old.process()));
    }

    /// @param file the lines of its postmaster.pid
    private record Running(ProcessHandle process, List<String> file) {}

    /// The PostgreSQL that runs on a cluster, if one does.
    private static Optional<Running> runningOn(Path cluster) throws IOException {
        var pidFile = cluster.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) return Optional.empty();
        var lines = Files.readAllLines(pidFile);
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                .filter(process -> isPostgresOn(process, cluster))
                .map(process -> new Running(process, lines));
    }

    private static boolean isPostgresOn(ProcessHandle process, Path cluster) {
        try {
            var commandLine = Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
            return commandLine.contains("postgres") && commandLine.contains(cluster.toString());
        } catch (IOException e) {
            return false; // the process has ended meanwhile
        }
    }

    /// SIGINT is PostgreSQL's fast shutdown: it closes connections, writes a checkpoint, and ends.
    private static void stop(ProcessHandle process) {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .start()
                    .waitFor();
            process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (IOException | java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// The last message of a failure in a log, without its time; else the last line.
    private static String failure(Path log) throws IOException {
        var lines = Files.readAllLines(log);
        if (lines.isEmpty()) return "no output in " + log;
        var failures =
                lines.stream().filter(line -> FAILURE.matcher(line).find()).toList();
        var line = failures.isEmpty() ? lines.getLast() : failures.getLast();
        return HEAD.matcher(line).replaceFirst("").strip() + " (" + log + ")";
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) return;
        try (var files = Files.walk(tree)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
