package org.undersigned.record;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.undersigned.privacypass.Token;
import org.undersigned.tlog.Ed25519;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.Merkle;

/// One signature in a box's public log (PROTOCOL §5): 484 bytes.
/// ```
/// u8 kind = 1 ‖ token[354] ‖ public_key[32] ‖ u8 affiliation ‖ statement_hash[32] ‖ signature[64]
/// signature = Ed25519("undersigned/v1/entry" ‖ 0x00 ‖ the 420 bytes before it)
/// ```
public final class Entry {
    public static final int SIZE = 484;

    private static final int KIND = 1;
    private static final int TOKEN = 1;
    private static final int KEY = TOKEN + 354;
    private static final int AFFILIATION = KEY + 32;
    private static final int STATEMENT = AFFILIATION + 1;
    private static final int SIGNATURE = STATEMENT + 32;
    private static final byte[] ENTRY_CONTEXT = "undersigned/v1/entry\0".getBytes(US_ASCII);
    private static final byte[] NONCE_CONTEXT = "undersigned/v1/nonce\0".getBytes(US_ASCII);

    private final byte[] bytes;
    private final Token token;

    private Entry(byte[] bytes) {
        this.bytes = bytes;
        this.token = Token.parse(Arrays.copyOfRange(bytes, TOKEN, KEY));
    }

    /// Parses an entry without verifying it; [#check] verifies it.
    ///
    /// @throws IllegalArgumentException if it is not 484 bytes of kind 1 with a type 2 token
    public static Entry parse(byte[] bytes) {
        if (bytes.length != SIZE)
            throw new IllegalArgumentException("an entry must have " + SIZE + " bytes, not " + bytes.length);
        if (bytes[0] != KIND)
            throw new IllegalArgumentException("byte 0: kind " + (bytes[0] & 0xff) + " is not an entry");
        return new Entry(bytes.clone());
    }

    /// Signs an entry with the key of `seed`. The hash of its public key must be the token's nonce.
    ///
    /// @param seed 32 bytes
    /// @param affiliation 0 for none given, else 1 + the index in the manifest's list
    /// @param statementHash SHA-256 of the statement's bytes, or 32 zeros for none
    /// @throws IllegalArgumentException if a length or the affiliation is out of range
    public static Entry sign(Token token, byte[] seed, int affiliation, byte[] statementHash) {
        if (affiliation < 0 || affiliation > 255) throw new IllegalArgumentException("affiliation " + affiliation);
        if (statementHash.length != 32) throw new IllegalArgumentException("a statement hash must have 32 bytes");
        byte[] bytes = new byte[SIZE];
        bytes[0] = KIND;
        System.arraycopy(token.encode(), 0, bytes, TOKEN, KEY - TOKEN);
        System.arraycopy(Ed25519.publicKey(seed), 0, bytes, KEY, 32);
        bytes[AFFILIATION] = (byte) affiliation;
        System.arraycopy(statementHash, 0, bytes, STATEMENT, 32);
        System.arraycopy(Ed25519.sign(seed, signed(bytes)), 0, bytes, SIGNATURE, 64);
        return new Entry(bytes);
    }

    /// The nonce that the token of a key must carry: SHA-256("undersigned/v1/nonce" ‖ 0x00 ‖ `publicKey`), 32
    /// bytes.
    public static byte[] nonceOf(byte[] publicKey) {
        return Hash.sha256(NONCE_CONTEXT, publicKey).bytes();
    }

    /// Checks whether this entry counts in the box of `manifest`: the rules of PROTOCOL §5 in their order. Costs
    /// one Ed25519 and one RSA verification. Thread-safe.
    ///
    /// @param keys of the box
    public Verdict check(Manifest manifest, BoxKeys keys) {
        var issuerClass = manifest.classOf(token.tokenKeyId()).orElse(null);
        if (issuerClass == null) return new Verdict.Invalid(Verdict.Reason.KEY_UNKNOWN);
        if (!Arrays.equals(token.challengeDigest(), manifest.challengeDigest())) {
            return new Verdict.Invalid(Verdict.Reason.CHALLENGE_WRONG);
        }
        byte[] publicKey = publicKey();
        if (!Arrays.equals(token.nonce(), nonceOf(publicKey))) return new Verdict.Invalid(Verdict.Reason.NONCE_WRONG);
        if (!isSigned()) {
            return new Verdict.Invalid(Verdict.Reason.SIGNATURE_WRONG);
        }
        if (!token.verify(keys.key(issuerClass))) return new Verdict.Invalid(Verdict.Reason.TOKEN_WRONG);
        if (affiliation() > manifest.affiliations().size()) {
            return new Verdict.Invalid(Verdict.Reason.AFFILIATION_UNKNOWN);
        }
        return new Verdict.Valid(issuerClass.name());
    }

    /// True if the holder of the public key signed the entry. The token is not verified.
    public boolean isSigned() {
        return Ed25519.verify(publicKey(), signed(bytes), signature());
    }

    private static byte[] signed(byte[] bytes) {
        byte[] message = Arrays.copyOf(ENTRY_CONTEXT, ENTRY_CONTEXT.length + SIGNATURE);
        System.arraycopy(bytes, 0, message, ENTRY_CONTEXT.length, SIGNATURE);
        return message;
    }

    /// The log's leaf: 484 bytes.
    public byte[] bytes() {
        return bytes.clone();
    }

    public Token token() {
        return token;
    }

    /// 32 bytes, Ed25519.
    public byte[] publicKey() {
        return Arrays.copyOfRange(bytes, KEY, AFFILIATION);
    }

    /// 0 for none given, else 1 + the index in the manifest's list.
    public int affiliation() {
        return bytes[AFFILIATION] & 0xff;
    }

    /// 32 bytes; all zeros if there is no statement.
    public byte[] statementHash() {
        return Arrays.copyOfRange(bytes, STATEMENT, SIGNATURE);
    }

    /// True if the entry contains the hash of a statement.
    public boolean hasStatement() {
        return !Arrays.equals(statementHash(), new byte[32]);
    }

    /// 64 bytes.
    public byte[] signature() {
        return Arrays.copyOfRange(bytes, SIGNATURE, SIZE);
    }

    /// The token's nonce, 32 bytes. Each nonce may appear only once in a box.
    public byte[] nonce() {
        return token.nonce();
    }

    /// The RFC 6962 leaf hash.
    public Hash leafHash() {
        return Merkle.leaf(bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Entry that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
