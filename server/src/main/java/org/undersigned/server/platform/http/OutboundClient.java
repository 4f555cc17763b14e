package org.undersigned.server.platform.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webclient.api.ClientRequest;
import io.helidon.webclient.api.DnsAddressLookup;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.spi.DnsResolver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Sends requests to other servers, whose addresses strangers may choose. Therefore it sends only where
/// [OutboundPolicy] allows it, and checks the IP address at the moment of the connection (so a host name that
/// resolves differently a moment later gains nothing). It uses no redirects, no proxy and no cookies, limits bytes
/// and time, and reveals nothing about this instance except its own address.
public final class OutboundClient {
    private static final Duration CONNECT = Duration.ofSeconds(4);
    private static final Duration READ = Duration.ofSeconds(6);
    private static final Duration WHOLE = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 1 << 18;
    private static final int PIECE = 8192;

    private final OutboundPolicy policy;
    private final Header userAgent;
    private final Http1Client client;

    /// A response; its body has at most 256 KiB.
    public record Response(int status, String type, byte[] body) {}

    /// @param instance the address at which people reach this instance
    public OutboundClient(OutboundPolicy policy, URI instance) {
        this.policy = policy;
        userAgent = HeaderValues.create(HeaderNames.USER_AGENT, "Undersigned (+" + instance + "/)");
        client = Http1Client.builder()
                .followRedirects(false)
                .proxy(Proxy.noProxy())
                .keepAlive(false)
                .shareConnectionCache(false)
                .connectTimeout(CONNECT)
                .readTimeout(READ)
                .dnsResolver(new Checked(policy))
                .build();
    }

    /// @throws IOException if the policy forbids the address, or the response is too late or too long
    public Response get(URI address, Map<String, String> headers) throws IOException {
        return ask(client.get(), address, headers, new byte[0]);
    }

    /// @throws IOException as [#get]
    public Response post(URI address, Map<String, String> headers, byte[] body) throws IOException {
        return ask(client.post(), address, headers, body);
    }

    private Response ask(ClientRequest<?> request, URI address, Map<String, String> headers, byte[] body)
            throws IOException {
        if (!policy.allows(address)) throw new IOException("requests to this address are not allowed");
        request.uri(address).header(userAgent);
        headers.forEach((name, value) -> request.header(HeaderValues.create(HeaderNames.create(name), value)));
        return inTime(() -> {
            try (var response = body.length == 0 ? request.request() : (HttpClientResponse) request.submit(body)) {
                var type = response.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
                return new Response(response.status().code(), type, read(response));
            }
        });
    }

    /// Limits the time of the whole request: name lookup, connection, head and body. Otherwise each piece could
    /// arrive in time and the whole never. Interrupting a virtual thread that waits for a socket closes it (JEP
    /// 444).
    private static Response inTime(Callable<Response> asking) throws IOException {
        var answer = new FutureTask<>(asking);
        Thread.ofVirtual().start(answer);
        try {
            return answer.get(WHOLE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IOException("the response took too long", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) throw cause;
            throw new IOException("no response", e); // its message may quote what the other server sent
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting", e);
        } finally {
            answer.cancel(true);
        }
    }

    private static byte[] read(HttpClientResponse response) throws IOException {
        var bytes = new ByteArrayOutputStream();
        if (!response.entity().hasEntity()) return bytes.toByteArray();
        try (var in = response.inputStream()) {
            var piece = new byte[PIECE];
            for (var n = in.read(piece); n >= 0; n = in.read(piece)) {
                bytes.write(piece, 0, n);
                if (bytes.size() > MOST_BYTES) throw new IOException("the response is too long");
            }
        }
        return bytes.toByteArray();
    }

    /// Resolves a host name to an address that the policy allows, so that the connection goes to the checked
    /// address.
    private record Checked(OutboundPolicy policy) implements DnsResolver {
        @Override
        public InetAddress resolveAddress(String host, DnsAddressLookup lookup) {
            try {
                var all = InetAddress.getAllByName(host);
                for (var one : all) {
                    if (!policy.allows(one))
                        throw new IllegalStateException("requests to this address are not allowed");
                }
                return all[0];
            } catch (UnknownHostException e) {
                throw new IllegalStateException("the host does not exist");
            }
        }
    }
}
