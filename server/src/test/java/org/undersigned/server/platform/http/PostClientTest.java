package org.undersigned.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// To whom the client sends: only to a server whose certificate is trusted and has the name that was asked for.
final class PostClientTest {
    private static final char[] STORE = "for-the-test".toCharArray();
    private static final String TYPE = "application/octet-stream";

    @TempDir
    private static Path folder;

    private static HttpsServer server;
    private static X509Certificate certificate;

    @BeforeAll
    static void start() throws Exception {
        var store = certificateOfLocalhost();
        certificate = (X509Certificate) store.getCertificate("server");
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, STORE);
        var tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            var body = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    private static KeyStore certificateOfLocalhost() throws Exception {
        var file = folder.resolve("localhost.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var options =
                "-genkeypair -alias server -keyalg EC -dname CN=localhost -ext san=dns:localhost -storetype PKCS12";
        var command = (keytool + " " + options + " -keystore " + file + " -storepass " + new String(STORE)).split(" ");
        var made = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assertThat(made).isZero();
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, STORE);
        }
        return store;
    }

    private static URI at(String host) {
        return URI.create("https://" + host + ":" + server.getAddress().getPort() + "/");
    }

    private static PostClient trusting(String host) {
        return new PostClient(
                at(host), TYPE, Tls.builder().addTrust(certificate).build());
    }

    @Test
    void oneConnectionCarriesManyRequests() throws Exception {
        try (var connection = trusting("localhost").connection()) {
            for (var length = 1; length < 10_000; length += 999) {
                var response = connection.post(new byte[length]);
                assertThat(response.status()).isEqualTo(200);
                assertThat(response.body()).hasSize(length);
            }
        }
    }

    @Test
    void aCertificateThatNobodyTrustsIsRefused() {
        try (var connection = new PostClient(at("localhost"), TYPE).connection()) {
            assertThatThrownBy(() -> connection.post(new byte[1]))
                    .isInstanceOf(IOException.class)
                    .hasRootCauseMessage("unable to find valid certification path to requested target");
        }
    }

    @Test
    void aCertificateOfAnotherNameIsRefusedAlsoIfAReverseLookupGivesThatName() {
        try (var connection = trusting("127.0.0.1").connection()) {
            assertThatThrownBy(() -> connection.post(new byte[1]))
                    .isInstanceOf(IOException.class)
                    .hasRootCauseMessage("No subject alternative names matching IP address 127.0.0.1 found");
        }
    }
}
