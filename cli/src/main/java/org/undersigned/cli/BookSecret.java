package org.undersigned.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.undersigned.privacypass.Client;
import org.undersigned.privacypass.IssuerPublicKey;
import org.undersigned.privacypass.PendingToken;
import org.undersigned.record.Entry;
import org.undersigned.record.Manifest;
import org.undersigned.record.WrittenCode;
import org.undersigned.tlog.Ed25519;

/// The secret of one person's book (PROTOCOL §4): 16 random bytes. All keys, salts and blinding factors of the book
/// come from it by HKDF-SHA-256 (RFC 5869), so the same secret and a new code from the mail give the same book again
/// on any device. A person keeps it as a recovery code ([org.undersigned.record.WrittenCode]).
final class BookSecret {
    static final int SIZE = WrittenCode.SIZE;

    private static final byte[] HKDF_SALT = "undersigned/v1/book".getBytes(US_ASCII);
    private static final int PSS_SALT = 48;
    /// Bytes of a blinding factor before the reduction: 16 more than the modulus has, so that it is as good as uniform.
    private static final int FACTOR = 256 + 16;

    private final byte[] secret;

    private BookSecret(byte[] secret) {
        this.secret = secret;
    }

    static BookSecret random(SecureRandom random) {
        var secret = new byte[SIZE];
        random.nextBytes(secret);
        return new BookSecret(secret);
    }

    /// @throws IllegalArgumentException if there are not 16 bytes
    static BookSecret of(byte[] secret) {
        if (secret.length != SIZE) throw new IllegalArgumentException("a secret must have " + SIZE + " bytes");
        return new BookSecret(secret.clone());
    }

    byte[] bytes() {
        return secret.clone();
    }

    /// The seed of the Ed25519 key that signs the entry and the withdrawal of a box: 32 bytes.
    byte[] seed(Manifest box, Manifest.IssuerClass one) {
        return derive("seed", box.challengeDigest(), one.tokenKeyId().bytes(), "", 32);
    }

    /// The request for a box's token; the same at every call for the same person. The factor also depends on the
    /// identity: if two addresses use one secret, nobody can tell it from their requests.
    ///
    /// @param identity of the person at the roll ([org.undersigned.record.Identity])
    PendingToken request(Manifest box, Manifest.IssuerClass one, IssuerPublicKey key, String identity) {
        var challenge = box.challengeDigest();
        var keyId = one.tokenKeyId().bytes();
        var factor = new BigInteger(1, derive("factor", challenge, keyId, identity, FACTOR))
                .mod(key.rsa().getModulus());
        var nonce = Entry.nonceOf(Ed25519.publicKey(seed(box, one)));
        return Client.blind(key, nonce, challenge, derive("salt", challenge, keyId, "", PSS_SALT), factor);
    }

    /// @param what `seed`, `salt` or `factor`
    /// @param challengeDigest 32 bytes
    /// @param keyId 32 bytes
    /// @param identity empty for all but the factor
    byte[] derive(String what, byte[] challengeDigest, byte[] keyId, String identity, int length) {
        var who = identity.getBytes(UTF_8);
        var info = ByteBuffer.allocate(what.length() + 1 + 64 + who.length)
                .put(what.getBytes(US_ASCII))
                .put((byte) 0)
                .put(challengeDigest)
                .put(keyId)
                .put(who)
                .array();
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addSalt(HKDF_SALT)
                            .addIKM(secret)
                            .thenExpand(info, length));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 25 has HKDF-SHA256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BookSecret one && Arrays.equals(secret, one.secret);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(secret);
    }

    @Override
    public String toString() {
        return "BookSecret(hidden)";
    }
}
