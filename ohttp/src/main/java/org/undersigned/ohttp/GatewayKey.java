package org.undersigned.ohttp;

import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/// A gateway's private key, which opens requests (RFC 9458 §4.3). Thread-safe.
public final class GatewayKey {
    private final PrivateKey key;
    private final byte[] secret;
    private final KeyConfig config;

    private GatewayKey(int id, byte[] secret) {
        this.secret = secret.clone();
        key = X25519.privateKey(secret);
        config = new KeyConfig(id, X25519.publicKeyOf(key), List.of(KeyConfig.Algorithms.HKDF_SHA256_AES_128_GCM));
    }

    /// Makes a new key.
    ///
    /// @param id     0 to 255, another than that of the keys before it which requests may still use
    /// @param random source of the key
    /// @return the key
    /// @throws MalformedException if the id is out of bounds
    public static GatewayKey generate(int id, SecureRandom random) {
        var secret = new byte[X25519.SIZE];
        random.nextBytes(secret);
        return new GatewayKey(id, secret);
    }

    /// Restores a stored key.
    ///
    /// @param id        0 to 255
    /// @param secretKey X25519, 32 bytes
    /// @return the key
    /// @throws MalformedException if a part is out of bounds
    public static GatewayKey restore(int id, byte[] secretKey) {
        return new GatewayKey(id, secretKey);
    }

    /// The secret key, to be stored.
    ///
    /// @return X25519, 32 bytes, a copy
    public byte[] secretKey() {
        return secret.clone();
    }

    /// What a client needs to seal requests to this key.
    ///
    /// @return with one pair of algorithms, HKDF-SHA256 and AES-128-GCM
    public KeyConfig config() {
        return config;
    }

    /// The id of the key to which a request is sealed, to choose among several.
    ///
    /// @param encapsulated an encapsulated request
    /// @return 0 to 255
    /// @throws MalformedException if it is too short, or longer than a message can be
    public static int keyId(byte[] encapsulated) {
        if (encapsulated.length < SealedRequest.OVERHEAD
                || encapsulated.length > MessageWriter.MAX_MESSAGE + SealedRequest.OVERHEAD) {
            throw new MalformedException("a request is too short or too long: " + encapsulated.length + " bytes");
        }
        return encapsulated[0] & 0xff;
    }

    /// Opens a request.
    ///
    /// @param encapsulated an encapsulated request
    /// @return the request
    /// @throws MalformedException if it is too short, or longer than a message can be
    /// @throws NotOpenedException if it is sealed to another key or with other algorithms, or was changed;
    ///     the gateway answers with the problem type
    ///     `https://iana.org/assignments/http-problem-types#ohttp-key` (RFC 9458 §5.3)
    public OpenedRequest open(byte[] encapsulated) throws NotOpenedException {
        var _ = keyId(encapsulated);
        var header = Arrays.copyOf(encapsulated, RequestHeader.SIZE);
        if (!Arrays.equals(header, config.header())) {
            throw new NotOpenedException("sealed to another key id, or with other algorithms");
        }
        int at = RequestHeader.SIZE + Hpke.ENCAPSULATED;
        var context = Hpke.recipient(
                key, Arrays.copyOfRange(encapsulated, RequestHeader.SIZE, at), RequestHeader.info(header));
        return new OpenedRequest(context.open(Arrays.copyOfRange(encapsulated, at, encapsulated.length)), context);
    }

    @Override
    public String toString() {
        return "GatewayKey(hidden)";
    }
}
