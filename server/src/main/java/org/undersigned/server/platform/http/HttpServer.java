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
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jdbi.v3.core.ConnectionException;
import org.undersigned.server.platform.StartupFailure;
import org.undersigned.server.platform.crypto.CryptoPool;

/// The HTTP server: bounds on every request, security headers on every answer, problem details for every failure,
/// and no access log.
public final class HttpServer {
    private static final Logger LOG = System.getLogger(HttpServer.class.getName());

    /// Bytes; a draw of some 2,000 boxes fits.
    public static final int MAX_BODY = 1 << 20;

    /// Bytes of a body too long that are read and thrown away, so that its sender can hear why it is refused: a
    /// connection closed on unread bytes takes the answer with it. Whoever sends more hears nothing.
    private static final int MAX_UNHEARD = 4 * MAX_BODY;

    /// Bytes of the line that asks; RFC 9112 §3 wants 8,000 at least.
    private static final int LONGEST_LINE = 1 << 14;

    private static final int WRITE_BUFFER = 32 * 1024; // bytes; most pages leave in one piece

    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final Pattern ANOTHER_ADDRESS = Pattern.compile("//|;|%2[fF]|%3[bB]");

    /// Written out once: they go with every answer.
    private static final List<Header> SECURITY_HEADERS = List.of(
            HeaderValues.createCached("Content-Security-Policy", CONTENT_SECURITY_POLICY),
            HeaderValues.createCached("X-Content-Type-Options", "nosniff"),
            HeaderValues.createCached("Referrer-Policy", "no-referrer"),
            HeaderValues.createCached("Cross-Origin-Opener-Policy", "same-origin"),
            HeaderValues.createCached("Cross-Origin-Resource-Policy", "same-origin"),
            HeaderValues.createCached(
                    "Permissions-Policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()"));

    private HttpServer() {}

    /// Serves `routes` until stopped.
    ///
    /// @throws StartupFailure if the port is taken
    public static WebServer start(String host, int port, Consumer<HttpRouting.Builder> routes, ProblemPage page) {
        var routing = HttpRouting.builder();
        routing.addFilter(HttpServer::addHeaders);
        routing.addFilter(HttpServer::refuseOtherAddresses);
        routes.accept(routing);
        routing.error(Problem.class, (request, response, problem) -> answer(request, response, problem, page));
        routing.error(
                CryptoPool.Busy.class, (request, response, _) -> answer(request, response, Problem.tryLater(), page));
        routing.error(
                ConnectionException.class,
                (request, response, _) -> answer(request, response, Problem.tryLater(), page));
        routing.error(HttpException.class, (request, response, e) -> answer(request, response, http(e), page));
        routing.error(Throwable.class, (request, response, e) -> answer(request, response, unexpected(e), page));
        routing.any((_, _) -> {
            throw nothingHere();
        });
        refuseTakenPort(host, port);
        var server = WebServer.builder()
                .host(host)
                .port(port)
                .shutdownHook(false)
                .maxPayloadSize(MAX_UNHEARD)
                .maxTcpConnections(20_000)
                .idleConnectionTimeout(Duration.ofMinutes(2))
                // Without tcpNoDelay the end of a longer answer waits 40 ms for the client's delayed acknowledgment.
                .connectionOptions(
                        options -> options.readTimeout(Duration.ofSeconds(30)).tcpNoDelay(true))
                .writeBufferSize(WRITE_BUFFER)
                // A fifth of a page's cost. Our headers are constants, ids and slugs of checked form: none repeats
                // what a request said.
                .addProtocol(Http1Config.builder()
                        .validateResponseHeaders(false)
                        .maxPrologueLength(LONGEST_LINE)
                        .addSendListener(new ContentLengths())
                        .build())
                .shutdownGracePeriod(Duration.ofSeconds(2))
                .directHandlers(MalformedRequests.with(SECURITY_HEADERS))
                .routing(routing)
                .build()
                .start();
        if (!server.isRunning()) throw taken(host, port); // it does not throw by itself
        return server;
    }

    /// Says so before anything else is started.
    ///
    /// @throws StartupFailure if another program listens there
    public static void refuseTakenPort(String host, int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (BindException e) {
            var inUse = String.valueOf(e.getMessage()).contains("in use");
            throw inUse
                    ? taken(host, port)
                    : new StartupFailure("it cannot listen on " + host + " port " + port + ": " + e.getMessage());
        } catch (IOException e) {
            throw new StartupFailure("it cannot listen on " + host + " port " + port + ": " + e.getMessage());
        }
    }

    private static StartupFailure taken(String host, int port) {
        return new StartupFailure("port " + port + " on " + host + " is taken; choose another with --port");
    }

    /// Shows a person what went wrong.
    @FunctionalInterface
    public interface ProblemPage {
        void show(ServerRequest request, ServerResponse response, Problem problem);
    }

    /// A page for a browser that asks for one; problem details for everybody else.
    private static void answer(ServerRequest request, ServerResponse response, Problem problem, ProblemPage page) {
        if (prefersPage(AcceptHeaders.of(request, HeaderNames.ACCEPT))) {
            page.show(request, response, problem);
        } else {
            problem.send(request, response);
        }
    }

    /// Whether a page comes before details; of equal ones, whichever stands first.
    ///
    /// @param accepted media ranges, the best first
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

    /// The library would take these for the address without them: one thing here has one address (RFC 3986 §2.2).
    private static void refuseOtherAddresses(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (ANOTHER_ADDRESS.matcher(request.prologue().uriPath().rawPath()).find()) throw nothingHere();
        chain.proceed();
    }

    private static Problem nothingHere() {
        return Problem.notFound("No page or file has this address.");
    }

    private static Problem http(HttpException e) {
        var status = e.status().code();
        if (status == 404) return nothingHere();
        return status >= 500 ? unexpected(e) : refused(status);
    }

    /// What is wrong with something that is not understood.
    static Problem refused(int status) {
        if (status == Status.REQUEST_ENTITY_TOO_LARGE_413.code()) return Problem.tooLarge(MAX_BODY);
        if (status == Status.REQUEST_URI_TOO_LONG_414.code()) return Problem.tooLong();
        if (status == Status.SERVICE_UNAVAILABLE_503.code()) return Problem.tryLater();
        if (status >= 500) return broken();
        return Problem.of(status, "refused", "The request is refused", "The request cannot be understood.");
    }

    /// The stack goes to the log without any message, since a message may quote what a person sent.
    private static Problem unexpected(Throwable e) {
        if (e instanceof RequestException || e instanceof BadRequestException) {
            return Problem.malformed("request", "The request cannot be understood.");
        }
        var where = e.getStackTrace().length == 0 ? "unknown" : e.getStackTrace()[0].toString();
        LOG.log(Level.ERROR, "a request failed: {0} at {1}", e.getClass().getName(), where);
        return broken();
    }

    private static Problem broken() {
        return Problem.of(500, "broken", "Something is broken here", "Nothing was kept. Please try again.");
    }
}
