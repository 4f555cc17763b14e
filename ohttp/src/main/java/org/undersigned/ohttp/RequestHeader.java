package org.undersigned.ohttp;

import static java.nio.charset.StandardCharsets.US_ASCII;

/// The first bytes of an encapsulated request, and what both sides derive from it (RFC 9458 §4.3, §4.4).
final class RequestHeader {
    /// Key id, KEM, KDF, AEAD.
    static final int SIZE = 7;
    /// Bytes of a response's nonce: as many as the AEAD's key, which are more than its nonce.
    static final int RESPONSE_NONCE = Hpke.KEY;

    private static final byte[] REQUEST = "message/bhttp request\0".getBytes(US_ASCII);
    private static final byte[] RESPONSE = "message/bhttp response".getBytes(US_ASCII);

    private RequestHeader() {}

    /// The `info` of the HPKE context.
    static byte[] info(byte[] header) {
        return Hpke.joined(REQUEST, header);
    }

    /// The secret from which the keys of the response come, 16 bytes.
    static byte[] responseSecret(Hpke.Context context) {
        return context.export(RESPONSE, RESPONSE_NONCE);
    }

    /// The key and the nonce of a response.
    record ResponseKeys(byte[] key, byte[] nonce) {
        /// @param encapsulated  the client's encapsulated key, 32 bytes
        /// @param secret        [#responseSecret]
        /// @param responseNonce 16 bytes
        static ResponseKeys of(byte[] encapsulated, byte[] secret, byte[] responseNonce) {
            var prk = Hpke.extract(Hpke.joined(encapsulated, responseNonce), secret);
            return new ResponseKeys(
                    Hpke.expand(prk, "key".getBytes(US_ASCII), Hpke.KEY),
                    Hpke.expand(prk, "nonce".getBytes(US_ASCII), Hpke.NONCE));
        }
    }
}
