package org.undersigned.bench;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import java.util.stream.IntStream;
import org.undersigned.privacypass.IssuerPublicKey;
import org.undersigned.privacypass.Token;
import org.undersigned.record.Entry;
import org.undersigned.record.Manifest;
import org.undersigned.tlog.Ed25519;

/// Creates valid entries of one box with the private key of its issuer: each token is signed directly, without
/// blinding. Thread-safe.
final class EntryMaker {
    private final Manifest manifest;
    private final IssuerPublicKey issuer;
    private final PrivateKey key;
    private final SecureRandom random = new SecureRandom();

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
            var signer = new byte[32];
            random.nextBytes(signer);
            var nonce = Entry.nonceOf(Ed25519.publicKey(signer));
            var input = Token.input(nonce, manifest.challengeDigest(), issuer.keyId());
            var pss = Signature.getInstance("RSASSA-PSS");
            pss.setParameter(new PSSParameterSpec("SHA-384", "MGF1", MGF1ParameterSpec.SHA384, 48, 1));
            pss.initSign(key);
            pss.update(input);
            var token = new byte[Token.SIZE];
            System.arraycopy(input, 0, token, 0, Token.INPUT_SIZE);
            System.arraycopy(pss.sign(), 0, token, Token.INPUT_SIZE, 256);
            return Entry.sign(Token.parse(token), signer, 0, new byte[32]).bytes();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// So many valid entries, made on all cores.
    List<byte[]> entries(int count) {
        return IntStream.range(0, count).parallel().mapToObj(_ -> entry()).toList();
    }
}
