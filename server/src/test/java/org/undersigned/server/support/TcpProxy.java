package org.undersigned.server.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// TCP proxy in front of a server: counts connections, records what both sides send, and can close all of them.
public final class TcpProxy implements AutoCloseable {
    private final ServerSocket socket;
    private final Queue<Socket> clients = new ConcurrentLinkedQueue<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Queue<Chunk> chunks = new ConcurrentLinkedQueue<>();
    private final ByteArrayOutputStream answered = new ByteArrayOutputStream();
    private final int to;

    /// @param to the server's port
    public TcpProxy(int to) throws IOException {
        this(to, 0);
    }

    /// @param port to listen on
    TcpProxy(int to, int port) throws IOException {
        socket = new ServerSocket(port, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        this.to = to;
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return socket.getLocalPort();
    }

    public int opened() {
        return clients.size();
    }

    /// Returns what clients have sent so far, one character per byte: everything that the server has received, and
    /// perhaps a little more.
    public String said() {
        return said.toString(StandardCharsets.ISO_8859_1);
    }

    /// Returns what the server has sent so far.
    public String answered() {
        return answered.toString(StandardCharsets.ISO_8859_1);
    }

    /// What clients sent at a time, in order of arrival, with the number of the connection.
    public record Chunk(int connection, String text) {}

    /// Returns everything that clients have sent so far. Connections at the same time are mixed in it.
    public List<Chunk> chunks() {
        return List.copyOf(chunks);
    }

    private void accept() {
        try {
            while (true) {
                var client = socket.accept();
                clients.add(client);
                var connection = clients.size();
                var server = connect(client);
                if (server == null) continue;
                Thread.ofVirtual()
                        .start(() -> pipe(client, server, new OutputStream() {
                            @Override
                            public void write(int one) {
                                throw new UnsupportedOperationException();
                            }

                            @Override
                            public void write(byte[] bytes, int from, int length) {
                                said.write(bytes, from, length);
                                chunks.add(new Chunk(
                                        connection, new String(bytes, from, length, StandardCharsets.ISO_8859_1)));
                            }
                        }));
                Thread.ofVirtual().start(() -> pipe(server, client, answered));
            }
        } catch (IOException e) {
            // closed
        }
    }

    /// A connection to the server; null, and the client's is closed, if there is none.
    private @Nullable Socket connect(Socket client) throws IOException {
        try {
            return new Socket("127.0.0.1", to);
        } catch (ConnectException e) {
            client.close();
            return null;
        }
    }

    private static void pipe(Socket from, Socket to, OutputStream heard) {
        try (from;
                to) {
            var buffer = new byte[8192];
            for (var read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                heard.write(buffer, 0, read);
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException e) {
            // cut
        }
    }

    public void cut() throws IOException {
        for (var client : clients) client.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        cut();
    }
}
