package org.undersigned.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpResponseReaderTest {
    private static final String ACCEPTED = "HTTP/1.1 202 Accepted\r\ncontent-length: 7\r\nDate: now\r\n\r\npromise";

    private final HttpResponseReader reader = new HttpResponseReader();

    private boolean read(String bytes) throws ProtocolException {
        return reader.read(ByteBuffer.wrap(bytes.getBytes(US_ASCII)));
    }

    @Test
    void aResponseMayArriveInAnyTwoParts() throws ProtocolException {
        for (var cut = 0; cut < ACCEPTED.length(); cut++) {
            assertThat(read(ACCEPTED.substring(0, cut))).isFalse();
            assertThat(read(ACCEPTED.substring(cut))).isTrue();
            assertThat(reader.status()).isEqualTo(202);
        }
    }

    @Test
    void anotherResponseFollowsOnTheSameConnection() throws ProtocolException {
        assertThat(read(ACCEPTED)).isTrue();
        assertThat(read("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"))
                .isTrue();

        assertThat(reader.status()).isEqualTo(503);
        assertThat(reader.closes()).isTrue();
    }

    @Test
    void aBodyMayLookLikeTheEndOfAHead() throws ProtocolException {
        assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n\r\n\r\n")).isFalse();
        assertThat(read("\r\n\r\n")).isTrue();
    }

    @Test
    void aHeadLongerThanTheFirstArrayIsRead() throws ProtocolException {
        assertThat(read("HTTP/1.1 200 OK\r\nX: " + "x".repeat(3_000) + "\r\nContent-Length: 0\r\n\r\n"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 20 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx",
                "HTTP/1.1 200 OK\r\nno name\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxy",
            })
    void anythingElseIsRefused(String response) {
        assertThatThrownBy(() -> read(response)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void aHeadWithoutEndIsRefused() {
        assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\nX: " + "x".repeat(20_000)))
                .isInstanceOf(ProtocolException.class);
    }
}
