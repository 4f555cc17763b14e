package org.undersigned.ohttp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A gateway's key configuration (RFC 9458 §3.1): what a client needs to seal a request. Only DHKEM(X25519,
/// HKDF-SHA256) is supported.
public final class KeyConfig {
    /// Media type of [#encodeList]: `application/ohttp-keys` (RFC 9458 §3.2).
    public static final String MEDIA_TYPE = "application/ohttp-keys";

    private static final int HEAD = 1 + 2 + X25519.SIZE + 2;
    private static final int ALGORITHM = 4;
    private static final int MAX_ALGORITHMS = 16;
    private static final int MAX_CONFIGS = 16;

    private final int id;
    private final byte[] publicKey;
    private final List<Algorithms> algorithms;

    /// A pair of symmetric algorithms.
    ///
    /// @param kdf  HPKE KDF identifier (RFC 9180 §7.2), 16 bits
    /// @param aead HPKE AEAD identifier (RFC 9180 §7.3), 16 bits
    public record Algorithms(int kdf, int aead) {
        /// HKDF-SHA256 and AES-128-GCM, the only pair that this library seals and opens with.
        public static final Algorithms HKDF_SHA256_AES_128_GCM = new Algorithms(Hpke.KDF_ID, Hpke.AEAD_ID);

        /// Checks the parts.
        ///
        /// @throws MalformedException if an identifier has more than 16 bits
        public Algorithms {
            if (kdf >>> 16 != 0 || aead >>> 16 != 0) throw new MalformedException("an algorithm must have 16 bits");
        }
    }

    /// Makes a configuration.
    ///
    /// @param id         0 to 255
    /// @param publicKey  X25519, 32 bytes
    /// @param algorithms 1 to 16, in the gateway's order of preference
    /// @throws MalformedException if a part is out of bounds, or the key is not below the field's prime
    public KeyConfig(int id, byte[] publicKey, List<Algorithms> algorithms) {
        if (id >>> 8 != 0) throw new MalformedException("a key id must have 8 bits");
        var _ = X25519.publicKey(publicKey);
        if (algorithms.isEmpty() || algorithms.size() > MAX_ALGORITHMS) {
            throw new MalformedException("there must be 1 to " + MAX_ALGORITHMS + " pairs of algorithms");
        }
        this.id = id;
        this.publicKey = publicKey.clone();
        this.algorithms = List.copyOf(algorithms);
    }

    /// Parses one configuration.
    ///
    /// @param bytes as [#encode] writes them
    /// @return the configuration
    /// @throws MalformedException if they are not a configuration with X25519; the message names the byte
    public static KeyConfig parse(byte[] bytes) {
        if (bytes.length < HEAD + ALGORITHM) throw new MalformedException("a configuration is too short");
        var in = ByteBuffer.wrap(bytes);
        int id = in.get() & 0xff;
        if ((in.getShort() & 0xffff) != Hpke.KEM_ID) throw new MalformedException("byte 1: not DHKEM(X25519)");
        var key = new byte[X25519.SIZE];
        in.get(key);
        int length = in.getShort() & 0xffff;
        if (length != in.remaining() || length % ALGORITHM != 0) {
            throw new MalformedException("byte " + (HEAD - 2) + ": not the length of the algorithms");
        }
        var algorithms = new ArrayList<Algorithms>();
        while (in.hasRemaining()) {
            if (algorithms.size() == MAX_ALGORITHMS) throw new MalformedException("too many algorithms");
            algorithms.add(new Algorithms(in.getShort() & 0xffff, in.getShort() & 0xffff));
        }
        return new KeyConfig(id, key, algorithms);
    }

    /// Encodes the configuration (RFC 9458 §3.1).
    ///
    /// @return 37 bytes and 4 for each pair of algorithms
    public byte[] encode() {
        var out = ByteBuffer.allocate(HEAD + ALGORITHM * algorithms.size());
        out.put((byte) id).putShort((short) Hpke.KEM_ID).put(publicKey).putShort((short)
                (ALGORITHM * algorithms.size()));
        for (var one : algorithms) out.putShort((short) one.kdf()).putShort((short) one.aead());
        return out.array();
    }

    /// Parses a list of configurations, [#MEDIA_TYPE] (RFC 9458 §3.2).
    ///
    /// @param bytes as [#encodeList] writes them
    /// @return 1 to 16 configurations in the gateway's order of preference; those with another KEM than
    ///     X25519 are left out
    /// @throws MalformedException if they are not such a list, or no configuration is left
    public static List<KeyConfig> parseList(byte[] bytes) {
        var configs = new ArrayList<KeyConfig>();
        var in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining()) {
            if (configs.size() == MAX_CONFIGS) throw new MalformedException("too many configurations");
            int length = in.remaining() < 2 ? -1 : in.getShort() & 0xffff;
            if (length < 0 || length > in.remaining()) {
                throw new MalformedException("byte " + in.position() + ": the list ends within a configuration");
            }
            var one = new byte[length];
            in.get(one);
            if (length >= 3 && (one[1] << 8 | one[2] & 0xff) != Hpke.KEM_ID) continue; // for other clients
            configs.add(parse(one));
        }
        if (configs.isEmpty()) throw new MalformedException("there is no configuration with X25519");
        return configs;
    }

    /// Encodes a list of configurations, each after its length in two bytes (RFC 9458 §3.2).
    ///
    /// @param configs 1 to 16
    /// @return the list
    /// @throws MalformedException if there are none or too many
    public static byte[] encodeList(List<KeyConfig> configs) {
        if (configs.isEmpty() || configs.size() > MAX_CONFIGS) {
            throw new MalformedException("there must be 1 to " + MAX_CONFIGS + " configurations");
        }
        var parts = new ArrayList<byte[]>();
        for (var config : configs) {
            var bytes = config.encode();
            parts.add(new byte[] {(byte) (bytes.length >> 8), (byte) bytes.length});
            parts.add(bytes);
        }
        return Hpke.joined(parts.toArray(byte[][]::new));
    }

    /// The key's id.
    ///
    /// @return 0 to 255
    public int id() {
        return id;
    }

    /// The X25519 public key.
    ///
    /// @return 32 bytes, a copy
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /// The pairs of symmetric algorithms that the gateway accepts.
    ///
    /// @return in the gateway's order of preference
    public List<Algorithms> algorithms() {
        return algorithms;
    }

    /// The header of an encapsulated request (RFC 9458 §4.1).
    ///
    /// @throws MalformedException if the gateway does not accept this library's algorithms
    byte[] header() {
        if (!algorithms.contains(Algorithms.HKDF_SHA256_AES_128_GCM)) {
            throw new MalformedException("the configuration does not have HKDF-SHA256 with AES-128-GCM");
        }
        return ByteBuffer.allocate(RequestHeader.SIZE)
                .put((byte) id)
                .putShort((short) Hpke.KEM_ID)
                .putShort((short) Hpke.KDF_ID)
                .putShort((short) Hpke.AEAD_ID)
                .array();
    }
}
