package org.undersigned.server.platform.http;

import io.helidon.common.tls.Tls;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webclient.api.ClientUri;
import io.helidon.webclient.api.ConnectionKey;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.api.TcpClientConnection;
import io.helidon.webclient.api.WebClient;
import io.helidon.webclient.http1.Http1Client;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Posts short bodies to one address that the operator named, many over one connection. Who opens a connection is
/// its only user, and closes it: no thread shares or watches it, and none is used after a pause in which the other
/// side may have closed it. It follows no redirect, keeps no cookie and uses no proxy.
public final class PostClient {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration READ = Duration.ofSeconds(30);
    private static final int MOST_BYTES = 1 << 14;
    private static final Header USER_AGENT = HeaderValues.createCached(HeaderNames.USER_AGENT, "Undersigned");
    private static final Tls PLAIN = Tls.builder().enabled(false).build();

    private final ClientUri address;
    private final Header type;
    private final WebClient client;
    private final Http1Client http;

    /// A response.
    ///
    /// @param body its first 16 KiB
    public record Response(int status, byte[] body) {}

    /// @param type media type of what is sent
    public PostClient(URI address, String type) {
        this(address, type, Tls.builder().build());
    }

    /// @param tls whose certificates are trusted
    PostClient(URI address, String type, Tls tls) {
        this.address = ClientUri.create(address);
        this.type = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, type);
        client = WebClient.builder()
                .baseUri(address)
                .followRedirects(false)
                .proxy(Proxy.noProxy())
                .tls(tls)
                .dnsResolver((host, _) -> resolve(host))
                .socketOptions(options ->
                        options.connectTimeout(CONNECT).readTimeout(READ).tcpNoDelay(true))
                .build();
        http = client.client(Http1Client.PROTOCOL);
    }

    /// Keeps the name that was asked for, also where it is a number: the certificate must have it, and not the name
    /// that a reverse lookup gives.
    private static InetAddress resolve(String host) {
        try {
            return InetAddress.getByAddress(host, InetAddress.getByName(host).getAddress());
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Connects with the first request.
    public Connection connection() {
        return new Connection();
    }

    private TcpClientConnection connect(Runnable whenClosed) {
        return TcpClientConnection.create(
                        client, key(), List.of(Http1Client.PROTOCOL_ID), _ -> true, _ -> whenClosed.run())
                .connect();
    }

    private ConnectionKey key() {
        var settings = client.prototype();
        return ConnectionKey.create(
                address.scheme(),
                address.host(),
                address.port(),
                address.scheme().equals("https") ? settings.tls() : PLAIN,
                settings.dnsResolver(),
                settings.dnsAddressLookup(),
                settings.proxy());
    }

    /// A connection, for one thread.
    public final class Connection implements AutoCloseable {
        private @Nullable TcpClientConnection open;

        private Connection() {}

        /// Waits for the response. If the other side said that it closes the connection, the next request opens
        /// another.
        ///
        /// @throws IOException if none came
        public Response post(byte[] body) throws IOException {
            try {
                if (open == null) open = connect(() -> open = null);
                var request = http.post().connection(open).header(USER_AGENT).header(type);
                try (var response = request.submit(body)) {
                    var status = response.status().code();
                    if (!response.entity().hasEntity()) return new Response(status, new byte[0]);
                    try (var in = response.inputStream()) {
                        return new Response(status, in.readNBytes(MOST_BYTES));
                    }
                }
            } catch (IOException | RuntimeException e) {
                close();
                throw new IOException("no response", e); // the cause may quote what the other side sent
            }
        }

        @Override
        public void close() {
            if (open != null) open.closeResource();
        }
    }
}
