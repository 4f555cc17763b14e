package org.undersigned.server.platform.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// TCP proxy in front of the mail server: counts connections, records what clients send, and can close all of them.
final class TcpProxy implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    private final Queue<Socket> clients = new ConcurrentLinkedQueue<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final int to;

    TcpProxy(int to) throws IOException {
        this.to = to;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    int opened() {
        return clients.size();
    }

    /// Returns what clients have sent so far, one character per byte: everything that the server has received, and
    /// perhaps a little more.
    String said() {
        return said.toString(StandardCharsets.ISO_8859_1);
    }

    private void accept() {
        try {
            while (true) {
                var client = socket.accept();
                clients.add(client);
                var server = new Socket("127.0.0.1", to);
                Thread.ofVirtual().start(() -> pipe(client, server, said));
                Thread.ofVirtual().start(() -> pipe(server, client, OutputStream.nullOutputStream()));
            }
        } catch (IOException e) {
            // closed
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

    void cut() throws IOException {
        for (var client : clients) client.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        cut();
    }
}
