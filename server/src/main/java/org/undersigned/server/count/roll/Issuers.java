package org.undersigned.server.count.roll;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;
import org.undersigned.privacypass.Issuer;
import org.undersigned.privacypass.IssuerPublicKey;
import org.undersigned.record.BoxId;
import org.undersigned.server.platform.crypto.CryptoPool;
import org.undersigned.server.platform.crypto.MasterKey;
import org.undersigned.tlog.Hash;

/// The issuer keys of every box: generated when the box opens, stored sealed, destroyed when the box closes.
public final class Issuers {
    private final Jdbi jdbi;
    private final MasterKey masterKey;
    private final CryptoPool crypto;
    private final Map<Hash, Stored> opened = new ConcurrentHashMap<>();

    private record Stored(int number, Issuer issuer) {}

    public Issuers(Jdbi jdbi, MasterKey masterKey, CryptoPool crypto) {
        this.jdbi = jdbi;
        this.masterKey = masterKey;
        this.crypto = crypto;
    }

    /// Generates and stores a key for each class of a box that is about to open.
    ///
    /// @return the public keys, in the order of `classes`
    public List<IssuerPublicKey> generate(BoxId box, List<String> classes) {
        return classes.stream()
                .map(cls -> {
                    var issuer = crypto.call(Issuer::generate);
                    var keyId = issuer.publicKey().keyId();
                    var sealed = masterKey.seal(sealName(box.value(), cls), issuer.privateKeyPkcs8());
                    jdbi.useHandle(handle -> new RollStore(handle)
                            .addIssuerKey(new RollStore.NewIssuerKey(keyId, box.value(), cls, sealed)));
                    return issuer.publicKey();
                })
                .toList();
    }

    /// Blind-signs 256 bytes. The result is verified with the public key before it is returned.
    byte[] sign(IssuerPublicKey key, byte[] blinded) {
        var issuer = stored(Hash.of(key.keyId())).issuer();
        return crypto.call(() -> issuer.sign(blinded));
    }

    /// The number of a key in the roll's tables.
    int number(Hash keyId) {
        return stored(keyId).number();
    }

    /// Destroys a closed box's private keys permanently.
    ///
    /// @return the ids of the destroyed keys, 32 bytes each
    public List<byte[]> destroy(BoxId box) {
        var ids = jdbi.inTransaction(transaction -> {
            var store = new RollStore(transaction);
            store.deleteIssued(box.value());
            return store.destroyIssuerKeys(box.value());
        });
        ids.forEach(id -> opened.remove(Hash.of(id)));
        return ids;
    }

    private Stored stored(Hash keyId) {
        return opened.computeIfAbsent(keyId, this::read);
    }

    private Stored read(Hash keyId) {
        var row = jdbi.withHandle(handle -> new RollStore(handle).issuerKey(keyId.bytes()))
                .orElseThrow(() -> new IllegalStateException("no private key for an open box"));
        var pkcs8 = masterKey.open(sealName(row.box(), row.cls()), row.sealedPrivateKey());
        return new Stored(row.number(), Issuer.fromPkcs8(pkcs8));
    }

    /// The name under which the master key seals a private key.
    public static String sealName(String box, String cls) {
        return "issuer/" + box + "/" + cls;
    }
}
