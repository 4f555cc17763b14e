package org.undersigned.ohttp;

import java.security.SecureRandom;

/// A request that a gateway has opened, and the key to its response (RFC 9458 §4.3, §4.4).
public final class OpenedRequest {
    /// Media type of a response: `message/ohttp-res`.
    public static final String RESPONSE_MEDIA_TYPE = "message/ohttp-res";
    /// Bytes that sealing adds to a response.
    public static final int OVERHEAD = RequestHeader.RESPONSE_NONCE + Hpke.TAG;

    private final byte[] request;
    private final Hpke.Context context;

    OpenedRequest(byte[] request, Hpke.Context context) {
        this.request = request;
        this.context = context;
    }

    /// The client's request.
    ///
    /// @return a binary message, for [BinaryRequest#parse]; a copy
    public byte[] request() {
        return request.clone();
    }

    /// The client's encapsulated key. A gateway that has seen it before has seen this request before (RFC 9458 §6.5).
    ///
    /// @return 32 bytes, a copy
    public byte[] encapsulatedKey() {
        return context.encapsulated().clone();
    }

    /// Seals a response.
    ///
    /// @param response a binary message ([BinaryResponse#encode]), of any length: to hide the length, pad it
    /// @param random   source of the response's nonce
    /// @return [#OVERHEAD] bytes more than the response
    /// @throws MalformedException if the response has more than 1 MiB
    public byte[] seal(byte[] response, SecureRandom random) {
        var nonce = new byte[RequestHeader.RESPONSE_NONCE];
        random.nextBytes(nonce);
        var keys = RequestHeader.ResponseKeys.of(context.encapsulated(), RequestHeader.responseSecret(context), nonce);
        return Hpke.joined(nonce, Hpke.seal(keys.key(), keys.nonce(), MessageWriter.bounded(response)));
    }

    @Override
    public String toString() {
        return "OpenedRequest(hidden)";
    }
}
