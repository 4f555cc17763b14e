package org.undersigned.record;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.undersigned.privacypass.IssuerPublicKey;
import org.undersigned.tlog.Hash;

/// The issuer keys of a box: exactly those whose ids its manifest names. Immutable.
public final class BoxKeys {
    private final Map<Hash, IssuerPublicKey> byId;

    private BoxKeys(Map<Hash, IssuerPublicKey> byId) {
        this.byId = Map.copyOf(byId);
    }

    /// @param keys in any order
    /// @throws IllegalArgumentException if a key of the manifest is missing, or a key is not the manifest's
    public static BoxKeys of(Manifest manifest, List<IssuerPublicKey> keys) {
        var byId = new HashMap<Hash, IssuerPublicKey>();
        for (IssuerPublicKey key : keys) {
            if (manifest.classOf(key.keyId()).isEmpty()) {
                throw new IllegalArgumentException("a key is not a key of box " + manifest.box());
            }
            byId.put(Hash.of(key.keyId()), key);
        }
        for (Manifest.IssuerClass one : manifest.classes()) {
            if (!byId.containsKey(one.tokenKeyId())) {
                throw new IllegalArgumentException("the key of class " + one.name() + " is missing");
            }
        }
        return new BoxKeys(byId);
    }

    /// Parses keys as [#of] takes them.
    ///
    /// @param spkis 342 bytes each (RFC 9578 §6.5)
    /// @throws IllegalArgumentException like [#of], and if one is not such a key
    public static BoxKeys parse(Manifest manifest, List<byte[]> spkis) {
        return of(manifest, spkis.stream().map(IssuerPublicKey::parse).toList());
    }

    /// The key of a class of this box.
    ///
    /// @throws IllegalArgumentException if the class is of another box
    public IssuerPublicKey key(Manifest.IssuerClass one) {
        return Optional.ofNullable(byId.get(one.tokenKeyId()))
                .orElseThrow(() -> new IllegalArgumentException("the class " + one.name() + " is of another box"));
    }
}
