package org.undersigned.ohttp;

import java.security.SecureRandom;
import java.util.Arrays;

/// A request that a client has sealed, and the key to its response (RFC 9458 §4.3).
public final class SealedRequest {
    /// Media type of [#encode]: `message/ohttp-req`.
    public static final String MEDIA_TYPE = "message/ohttp-req";
    /// Bytes that sealing adds to a request.
    public static final int OVERHEAD = RequestHeader.SIZE + Hpke.ENCAPSULATED + Hpke.TAG;

    /// Bytes of [#responseSecret].
    public static final int RESPONSE_SECRET = RequestHeader.RESPONSE_NONCE;

    private final byte[] encoded;
    private final byte[] responseSecret;

    private SealedRequest(byte[] encoded, byte[] responseSecret) {
        this.encoded = encoded;
        this.responseSecret = responseSecret;
    }

    /// Seals a request. Two calls with the same request make different bytes.
    ///
    /// @param config  of the gateway, from a source that the relay does not control
    /// @param request a binary message ([BinaryRequest#encode]), of any length: to hide the length, pad it
    /// @param random  source of the ephemeral key
    /// @return the sealed request
    /// @throws MalformedException if the gateway does not accept HKDF-SHA256 with AES-128-GCM, or its key has small
    ///     order
    public static SealedRequest seal(KeyConfig config, byte[] request, SecureRandom random) {
        var header = config.header();
        var context = Hpke.sender(X25519.publicKey(config.publicKey()), RequestHeader.info(header), random);
        return new SealedRequest(
                Hpke.joined(header, context.encapsulated(), context.seal(MessageWriter.bounded(request))),
                RequestHeader.responseSecret(context));
    }

    /// Restores a request that was stored while it waits for its response.
    ///
    /// @param encoded        what [#encode] returned
    /// @param responseSecret what [#responseSecret] returned
    /// @return a request that opens the response
    /// @throws MalformedException if a part has another length
    public static SealedRequest restore(byte[] encoded, byte[] responseSecret) {
        var _ = GatewayKey.keyId(encoded);
        if (responseSecret.length != RESPONSE_SECRET) {
            throw new MalformedException("a response's secret must have " + RESPONSE_SECRET + " bytes");
        }
        return new SealedRequest(encoded.clone(), responseSecret.clone());
    }

    /// The encapsulated request, to be sent to the relay.
    ///
    /// @return [#OVERHEAD] bytes more than the request, a copy
    public byte[] encode() {
        return encoded.clone();
    }

    /// The secret with which the response opens, and no request: to be stored, where the response comes later.
    ///
    /// @return [#RESPONSE_SECRET] bytes, a copy
    public byte[] responseSecret() {
        return responseSecret.clone();
    }

    /// Opens the response to this request (RFC 9458 §4.4).
    ///
    /// @param response an encapsulated response
    /// @return a binary message, for [BinaryResponse#parse]
    /// @throws MalformedException if it is too short, or longer than a message can be
    /// @throws NotOpenedException if it is the response to another request, or was changed
    public byte[] open(byte[] response) throws NotOpenedException {
        if (response.length < OpenedRequest.OVERHEAD
                || response.length > MessageWriter.MAX_MESSAGE + OpenedRequest.OVERHEAD) {
            throw new MalformedException("a response is too short or too long: " + response.length + " bytes");
        }
        var encapsulated = Arrays.copyOfRange(encoded, RequestHeader.SIZE, RequestHeader.SIZE + Hpke.ENCAPSULATED);
        var keys = RequestHeader.ResponseKeys.of(
                encapsulated, responseSecret, Arrays.copyOf(response, RequestHeader.RESPONSE_NONCE));
        return Hpke.open(
                keys.key(), keys.nonce(), Arrays.copyOfRange(response, RequestHeader.RESPONSE_NONCE, response.length));
    }

    @Override
    public String toString() {
        return "SealedRequest(hidden)";
    }
}
