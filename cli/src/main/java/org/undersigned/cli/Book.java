package org.undersigned.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.undersigned.privacypass.IssuerPublicKey;
import org.undersigned.record.BoxId;
import org.undersigned.record.BoxKeys;
import org.undersigned.record.Instance;
import org.undersigned.record.Manifest;
import org.undersigned.record.OfferedBoxes;
import org.undersigned.record.RegisterLeaf;
import org.undersigned.tlog.Hash;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// All boxes open to a campus, as the whole public register says (PROTOCOL §4, step 2): each is the current box of
/// its page, and none is missing. So a server can neither give one person a key of their own nor keep a box from
/// them in secret: others would read the same register. Immutable, so thousands of signers can share one book.
///
/// @param roll the rules of the roll that the book belongs to
/// @param manifests in the server's order; no box and no key twice
/// @param registerSize number of register leaves that were read
public record Book(
        RegisterLeaf.RollRules roll,
        List<Manifest> manifests,
        Map<BoxId, BoxKeys> keys,
        long registerSize,
        Hash registerRoot) {
    private static final int MAX_BOXES = 10_000;
    /// How much the clocks of server and reader may differ: within it, a box may be open for one of them only.
    private static final Duration CLOCKS = Duration.ofMinutes(10);

    private static final JsonMapper MAPPER = new JsonMapper();

    public Book {
        manifests = List.copyOf(manifests);
        keys = Map.copyOf(keys);
    }

    /// Parses and verifies a book.
    ///
    /// @param register read after the book
    /// @throws UnverifiedException if a box is not a current box of the campus, is missing, or appears twice, or if
    ///     its keys are not those that its manifest names
    /// @param domain of the person's address; null if it is not known
    static Book verify(
            byte[] json,
            Instance instance,
            String campus,
            @Nullable String domain,
            RegisterContents register,
            Instant now)
            throws UnverifiedException {
        try {
            JsonNode book = MAPPER.readTree(json);
            if (book.path("v").asInt(0) != 1) throw new IllegalArgumentException("version is not 1");
            JsonNode boxes = book.path("boxes");
            if (!boxes.isArray() || boxes.size() > MAX_BOXES) throw new IllegalArgumentException("boxes is not a list");
            var roll = register.rollOf(campus, domain);
            var campuses = Set.copyOf(roll.campuses());
            var manifests = new ArrayList<Manifest>();
            var ids = new HashSet<BoxId>();
            var keyIds = new HashSet<Hash>();
            var keys = new HashMap<BoxId, BoxKeys>();
            for (JsonNode box : boxes) {
                Manifest manifest = current(box, campuses, register.boxes(), now);
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
            for (Manifest due : register.boxes().book(campuses, now)) {
                var isCertain = due.isOpenAt(now.minus(CLOCKS)) && due.isOpenAt(now.plus(CLOCKS));
                if (isCertain && !ids.contains(due.box())) {
                    var leaf = register.boxes().offer(due.box()).orElseThrow().leaf();
                    throw new IllegalArgumentException("box " + due.box() + " of "
                            + due.subject().path() + " (register leaf " + leaf + ") is missing");
                }
            }
            var read = register.checkpoint();
            return new Book(roll, manifests, keys, read.size(), read.root());
        } catch (IllegalArgumentException e) {
            throw new UnverifiedException("the book does not verify: " + e.getMessage(), e);
        } catch (JacksonException e) {
            throw new UnverifiedException("the book is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Manifest current(JsonNode box, Set<String> campuses, OfferedBoxes offered, Instant now) {
        BoxId id = BoxId.of(box.path("box").stringValue(""));
        Manifest manifest = offered.offer(id)
                .orElseThrow(() -> new IllegalArgumentException("box " + id + " is not in the register"))
                .manifest();
        var path = manifest.subject().path();
        if (!offered.isCurrent(id))
            throw new IllegalArgumentException("box " + id + " is not the current box of " + path);
        if (now.plus(CLOCKS).isBefore(manifest.opens()) || !now.minus(CLOCKS).isBefore(manifest.closes())) {
            throw new IllegalArgumentException("box " + id + " is not open");
        }
        if (!manifest.campus().equals("*") && !campuses.contains(manifest.campus())) {
            throw new IllegalArgumentException("box " + id + " is a box of " + manifest.campus());
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
