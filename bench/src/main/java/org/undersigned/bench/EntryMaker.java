package org.undersigned.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.undersigned.privacypass.IssuerPublicKey;
import org.undersigned.privacypass.Token;
import org.undersigned.record.Entry;
import org.undersigned.record.Manifest;

/// Creates valid entries of one box with the private key of its issuer: each token is signed directly, without
/// blinding, and the key pair comes from the provider, not from a seed: that is several times faster. Thread-safe.
final class EntryMaker {
    private static final byte[] CONTEXT = "undersigned/v1/entry\0".getBytes(US_ASCII);

    private final Manifest manifest;
    private final IssuerPublicKey issuer;
    private final PrivateKey key;

    /// @param pkcs8 the private key of `issuer`
    EntryMaker(Manifest manifest, IssuerPublicKey issuer, byte[] pkcs8) {
        this.manifest = manifest;
        this.issuer = issuer;
        try {
            this.key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A valid entry, different from every other one.
    byte[] entry() {
        try {
            var signer = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            var encoded = signer.getPublic().getEncoded();
            var publicKey = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
            var input = Token.input(Entry.nonceOf(publicKey), manifest.challengeDigest(), issuer.keyId());
            var entry = ByteBuffer.allocate(Entry.SIZE)
                    .put((byte) 1)
                    .put(input)
                    .put(token(input))
                    .put(publicKey)
                    .put((byte) 0) // no affiliation
                    .put(new byte[32]); // no statement
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(signer.getPrivate());
            signature.update(CONTEXT);
            signature.update(entry.array(), 0, entry.position());
            return entry.put(signature.sign()).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The token's signature.
    private byte[] token(byte[] input) throws GeneralSecurityException {
        var pss = Signature.getInstance("RSASSA-PSS");
        pss.setParameter(new PSSParameterSpec("SHA-384", "MGF1", MGF1ParameterSpec.SHA384, 48, 1));
        pss.initSign(key);
        pss.update(input);
        return pss.sign();
    }

    /// So many valid entries, made on all cores.
    List<byte[]> entries(int count) {
        return IntStream.range(0, count).parallel().mapToObj(_ -> entry()).toList();
    }
}
