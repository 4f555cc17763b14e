package org.undersigned.cli;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.undersigned.privacypass.IssuerPublicKey;
import org.undersigned.record.BoxId;
import org.undersigned.record.BoxKeys;
import org.undersigned.record.Instance;
import org.undersigned.record.Manifest;
import org.undersigned.record.recount.SignedHead;
import org.undersigned.tlog.Checkpoint;
import org.undersigned.tlog.Hash;
import org.undersigned.tlog.Proofs;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// All boxes open to a campus, each with a verified proof that it is in the public register (PROTOCOL §4, step 2).
/// The proofs prevent a server from giving one person a separate key in secret: that key would be public in the
/// register. Immutable, so thousands of signers can share one book.
///
/// @param manifests in the server's order; no box and no key twice
/// @param registerSize number of register leaves under the checkpoint of the proofs
public record Book(List<Manifest> manifests, Map<BoxId, BoxKeys> keys, long registerSize, Hash registerRoot) {
    private static final int MAX_BOXES = 10_000;
    private static final int MAX_PROOF = 64;
    private static final JsonMapper MAPPER = new JsonMapper();

    public Book {
        manifests = List.copyOf(manifests);
        keys = Map.copyOf(keys);
    }

    /// Parses and verifies a book.
    ///
    /// @throws UnverifiedException if anything does not verify: signature, inclusion, origin, a box or key that
    ///     appears twice
    public static Book verify(byte[] json, Instance instance) throws UnverifiedException {
        try {
            JsonNode book = MAPPER.readTree(json);
            if (book.path("v").asInt(0) != 1) throw new IllegalArgumentException("version is not 1");
            Checkpoint head = SignedHead.read(book.path("checkpoint").stringValue(""), instance.registerKey());
            JsonNode boxes = book.path("boxes");
            if (!boxes.isArray() || boxes.size() > MAX_BOXES) throw new IllegalArgumentException("boxes is not a list");
            var manifests = new ArrayList<Manifest>();
            var ids = new HashSet<BoxId>();
            var keyIds = new HashSet<Hash>();
            var keys = new HashMap<BoxId, BoxKeys>();
            for (JsonNode box : boxes) {
                Manifest manifest = proved(box, head);
                if (!manifest.origin().equals(instance.boxKey(manifest.box()).name())) {
                    throw new IllegalArgumentException("box " + manifest.box() + " has origin " + manifest.origin());
                }
                if (!ids.add(manifest.box())) {
                    throw new IllegalArgumentException("box " + manifest.box() + " appears twice");
                }
                for (Manifest.IssuerClass one : manifest.classes()) {
                    if (!keyIds.add(one.tokenKeyId())) {
                        throw new IllegalArgumentException("box " + manifest.box() + " shares a key with another box");
                    }
                }
                manifests.add(manifest);
                keys.put(manifest.box(), keys(manifest, box));
            }
            return new Book(manifests, keys, head.size(), head.root());
        } catch (IllegalArgumentException e) {
            throw new UnverifiedException("the book does not verify: " + e.getMessage(), e);
        } catch (JacksonException e) {
            throw new UnverifiedException("the book is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Manifest proved(JsonNode box, Checkpoint head) {
        var decoder = Base64.getDecoder();
        Manifest manifest = Manifest.parse(decoder.decode(box.path("manifest").stringValue("")));
        long index = box.path("index").asLong(-1);
        JsonNode steps = box.path("proof");
        if (steps.size() > MAX_PROOF) throw new IllegalArgumentException("a proof has " + steps.size() + " hashes");
        var proof = new ArrayList<Hash>();
        for (JsonNode step : steps) proof.add(Hash.of(decoder.decode(step.stringValue(""))));
        if (index < 0
                || index >= head.size()
                || !Proofs.verifyInclusion(manifest.leafHash(), index, head.size(), proof, head.root())) {
            throw new IllegalArgumentException("box " + manifest.box() + " is not proved to be in the register");
        }
        return manifest;
    }

    private static BoxKeys keys(Manifest manifest, JsonNode box) {
        var spkis = new ArrayList<byte[]>();
        for (JsonNode spki : box.path("keys")) spkis.add(Base64.getDecoder().decode(spki.stringValue("")));
        return BoxKeys.parse(manifest, spkis);
    }

    /// The key of a class of one of [#manifests].
    public IssuerPublicKey key(Manifest manifest, Manifest.IssuerClass one) {
        return Objects.requireNonNull(keys.get(manifest.box()), "a box of another book")
                .key(one);
    }

    public Optional<Manifest> box(BoxId id) {
        return manifests.stream().filter(one -> one.box().equals(id)).findFirst();
    }
}
