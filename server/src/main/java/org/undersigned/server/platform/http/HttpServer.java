package org.undersigned.server.platform.http;

import io.helidon.http.BadRequestException;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;
import org.undersigned.server.platform.job.Busy;
import org.undersigned.server.platform.job.Scheduler;
import org.undersigned.server.platform.startup.StartupFailure;

/// The HTTP server: limits every request, adds security headers to every response, responds to every failure with
/// problem details, and writes no access log.
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = System.getLogger(HttpServer.class.getName());

    /// Maximum body in bytes; a draw of about 2,000 boxes fits.
    public static final int MAX_BODY = 1 << 20;

    /// Maximum bytes of a too long body that the server reads and discards, so that the client can receive the
    /// refusal: if the server closes a connection with unread bytes, the response is lost. A client that sends more
    /// gets no response.
    private static final int MAX_DISCARDED = 4 * MAX_BODY;

    /// Maximum bytes of the request line; RFC 9112 §3 recommends at least 8,000.
    private static final int LONGEST_LINE = 1 << 14;

    private static final int WRITE_BUFFER = 32 * 1024; // bytes; most pages fit in one write

    private static final String DISK_FULL = "53100"; // SQLSTATE; the transaction is rolled back
    private static final RareLine SPACE = new RareLine();

    private static final Pattern ANOTHER_ADDRESS = Pattern.compile("//|;|%2[fF]|%3[bB]");

    /// Serialized once, because every response carries them.
    private static final List<Header> SECURITY_HEADERS = List.of(
            connectingTo(""),
            HeaderValues.createCached("X-Content-Type-Options", "nosniff"),
            HeaderValues.createCached("Referrer-Policy", "no-referrer"),
            HeaderValues.createCached("Cross-Origin-Opener-Policy", "same-origin"),
            HeaderValues.createCached("Cross-Origin-Resource-Policy", "same-origin"),
            HeaderValues.createCached(
                    "Permissions-Policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()"));

    /// Like the policy of every page, but this one may ask for the camera.
    public static final Header WITH_CAMERA = HeaderValues.createCached(
            "Permissions-Policy", "camera=(self), geolocation=(), microphone=(), browsing-topics=()");

    /// The content security policy of the verifier, which reads the public files of any host: it stores nothing and has
    /// nothing to send.
    static final Header READING_ANY_HOST = HeaderValues.createCached(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src data:; "
                    + "connect-src https: http:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'");

    private final WebServer server;
    private final Scheduler scheduler = new Scheduler();

    private HttpServer(WebServer server, ConnectionLimits limits) {
        this.server = server;
        scheduler.every(Duration.ofSeconds(1), "connections", limits::endOverdue);
    }

    public int port() {
        return server.port();
    }

    /// Stops accepting requests.
    @Override
    public void close() {
        server.stop();
        scheduler.close();
    }

    /// The most connections that a server of this process has at a time.
    public static int mostConnections() {
        return ConnectionLimits.mostOfProcess();
    }

    /// The content security policy of every page: nothing is loaded from another host.
    ///
    /// @param origin another host to which a page's script may send what is cast; empty for none
    public static Header connectingTo(String origin) {
        return HeaderValues.createCached(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"
                        + (origin.isEmpty() ? "" : " " + origin)
                        + "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    }

    /// Serves `routes` until stopped.
    ///
    /// @throws StartupFailure if the port is taken, or this process may open too few files
    public static HttpServer start(String host, int port, Consumer<HttpRouting.Builder> routes, ProblemPage page) {
        return start(host, port, routes, page, ConnectionLimits.ofProcess());
    }

    static HttpServer start(
            String host, int port, Consumer<HttpRouting.Builder> routes, ProblemPage page, ConnectionLimits limits) {
        var routing = HttpRouting.builder();
        routing.addFilter(limits::filter);
        routing.addFilter(HttpServer::addHeaders);
        routing.addFilter(HttpServer::refuseOtherAddresses);
        routes.accept(routing);
        routing.error(Problem.class, (request, response, problem) -> answer(request, response, problem, page));
        routing.error(Busy.class, (request, response, _) -> answer(request, response, Problem.tryLater(), page));
        routing.error(
                JdbiException.class, (request, response, e) -> answer(request, response, database(request, e), page));
        routing.error(HttpException.class, (request, response, e) -> answer(request, response, http(request, e), page));
        routing.error(
                Throwable.class, (request, response, e) -> answer(request, response, unexpected(request, e), page));
        routing.any((_, _) -> {
            throw nothingHere();
        });
        refuseTakenPort(host, port);
        // Validation takes a fifth of a page's time and is not needed: our headers are constants, ids and slugs of a
        // checked form; none repeats text from a request.
        var http = Http1Config.builder()
                .validateResponseHeaders(false)
                .maxPrologueLength(LONGEST_LINE)
                .addReceiveListener(limits)
                .addSendListener(new ContentLengths())
                .build();
        var server = WebServer.builder()
                .host(host)
                .port(port)
                .shutdownHook(false)
                .maxPayloadSize(MAX_DISCARDED)
                .maxTcpConnections(limits.most())
                // Without tcpNoDelay the end of a longer response waits 40 ms for the client's delayed
                // acknowledgment.
                .connectionOptions(options -> options.tcpNoDelay(true))
                .writeBufferSize(WRITE_BUFFER)
                .protocolsDiscoverServices(false)
                .addConnectionSelector(limits.selector(http))
                .shutdownGracePeriod(Duration.ofSeconds(2))
                .directHandlers(MalformedRequests.with(SECURITY_HEADERS))
                .routing(routing)
                .build()
                .start();
        if (!server.isRunning()) throw taken(host, port); // start() does not throw then
        return new HttpServer(server, limits);
    }

    /// Checks that the port is free, before anything else is started.
    ///
    /// @throws StartupFailure if another program listens on the port
    public static void refuseTakenPort(String host, int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (BindException e) {
            var inUse = String.valueOf(e.getMessage()).contains("in use");
            throw inUse ? taken(host, port) : cannotListen(host, port, e);
        } catch (IOException e) {
            throw cannotListen(host, port, e);
        }
    }

    private static StartupFailure cannotListen(String host, int port, IOException e) {
        return new StartupFailure("the server cannot listen on " + host + " port " + port + ": " + e.getMessage());
    }

    private static StartupFailure taken(String host, int port) {
        return new StartupFailure("port " + port + " on " + host + " is in use; choose another port with --port");
    }

    /// Sends a problem as an HTML page.
    @FunctionalInterface
    public interface ProblemPage {
        void show(ServerRequest request, ServerResponse response, Problem problem);
    }

    /// Sends a page to a client that prefers HTML, and problem details to every other client.
    private static void answer(ServerRequest request, ServerResponse response, Problem problem, ProblemPage page) {
        if (prefersPage(AcceptHeaders.of(request, HeaderNames.ACCEPT))) {
            page.show(request, response, problem);
        } else {
            problem.send(request, response);
        }
    }

    /// True if HTML comes before JSON; of equal preference, the first in the list counts.
    ///
    /// @param accepted media ranges, the most preferred first
    private static boolean prefersPage(List<String> accepted) {
        return accepted.stream()
                .filter(range -> isPage(range) || range.matches("application/(problem\\+)?json"))
                .findFirst()
                .filter(HttpServer::isPage)
                .isPresent();
    }

    private static boolean isPage(String range) {
        return range.equals("text/html") || range.equals("text/*");
    }

    private static void addHeaders(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        SECURITY_HEADERS.forEach(response::header);
        chain.proceed();
    }

    /// Responds with 404 to a path with `//`, `;`, or an encoded slash or semicolon: the server library would treat
    /// it like the path without them, but every resource has exactly one address (RFC 3986 §2.2).
    private static void refuseOtherAddresses(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (ANOTHER_ADDRESS.matcher(request.prologue().uriPath().rawPath()).find()) throw nothingHere();
        chain.proceed();
    }

    private static Problem nothingHere() {
        return Problem.notFound("No page or file has this address.");
    }

    private static Problem http(ServerRequest request, HttpException e) {
        var status = e.status().code();
        if (status == 404) return nothingHere();
        return status >= 500 ? unexpected(request, e) : refused(status);
    }

    /// The problem for a failure of the database. Without a connection nothing was stored. If a connection ended in
    /// between, a commit may have been kept, or not.
    private static Problem database(ServerRequest request, JdbiException e) {
        if (e instanceof ConnectionException) return Problem.tryLater();
        var state = sqlState(e);
        if (state.equals(DISK_FULL)) {
            if (SPACE.isDue()) LOG.log(Level.ERROR, "the disk of the database is full: nothing is stored");
            return Problem.notStoring();
        }
        if (!state.startsWith("08") && !state.startsWith("57P")) return unexpected(request, e);
        if (StoringRequests.isReading(request)) return Problem.tryLater();
        LOG.log(Level.WARNING, "a connection to the database ended while a request was stored; its client repeats it");
        return Problem.unknownOutcome();
    }

    /// The SQLSTATE of a failure: of class 08 or 57P if the server ended the connection; empty if there is none.
    private static String sqlState(Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException failed && failed.getSQLState() != null) return failed.getSQLState();
        }
        return "";
    }

    /// The problem for a request that the server library refuses with `status`.
    static Problem refused(int status) {
        if (status == Status.REQUEST_ENTITY_TOO_LARGE_413.code()) return Problem.tooLarge(MAX_BODY);
        if (status == Status.REQUEST_URI_TOO_LONG_414.code()) return Problem.tooLong();
        if (status == Status.SERVICE_UNAVAILABLE_503.code()) return Problem.tryLater();
        if (status >= 500) return Problem.broken();
        return Problem.of(status, "refused", "The request is refused", "The server cannot read the request.");
    }

    /// Logs the exception's class and place without its message, since a message may quote what a person sent.
    private static Problem unexpected(ServerRequest request, Throwable e) {
        if (e instanceof RequestException || e instanceof BadRequestException) {
            return Problem.malformed("request", "The server cannot read the request.");
        }
        var where = e.getStackTrace().length == 0 ? "unknown" : e.getStackTrace()[0].toString();
        LOG.log(Level.ERROR, "a request failed: {0} at {1}", e.getClass().getName(), where);
        return StoringRequests.isReading(request) ? Problem.broken() : Problem.brokenWhileStoring();
    }
}
