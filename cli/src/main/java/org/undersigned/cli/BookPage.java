package org.undersigned.cli;

import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.undersigned.ohttp.SealedRequest;
import org.undersigned.record.Manifest;
import org.undersigned.record.RelayedRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One page of a drawn book: a signer's data about one box. Binary fields are base64. A reader of this data can
/// prove what its holder signed, so `toString` hides it.
///
/// @param key token key id, which identifies the page
/// @param box the box id
/// @param manifest the box's manifest leaf
/// @param seed of the Ed25519 key that signs the entry and the withdrawal; it comes from the wallet's [BookSecret]
/// @param token null if it was not drawn with this wallet
/// @param cast the 1024 bytes of the cast request, stored before they are sent; null until then
/// @param promise the signed note that the server returned for the cast; null until then
/// @param withdrawal the 129 bytes of the withdrawal, stored before they are sent; null until then
/// @param sealed what is on its way through a relay, stored before it is sent: its kind, the sealed request and the
///     secret with which its response opens, separated by colons; null if nothing is
public record BookPage(
        String key,
        String box,
        String cls,
        String manifest,
        String seed,
        @Nullable String token,
        @Nullable String cast,
        @Nullable String promise,
        @Nullable String withdrawal,
        @Nullable String sealed) {

    /// The page for a box of which nothing is drawn or cast yet.
    static BookPage of(Manifest box, Manifest.IssuerClass one, byte[] seed) {
        return new BookPage(
                encode(one.tokenKeyId().bytes()),
                box.box().value(),
                one.name(),
                encode(box.leaf()),
                encode(seed),
                null,
                null,
                null,
                null,
                null);
    }

    BookPage withToken(byte[] token) {
        return new BookPage(key, box, cls, manifest, seed, encode(token), cast, promise, withdrawal, sealed);
    }

    BookPage withCast(byte[] request) {
        return new BookPage(key, box, cls, manifest, seed, token, encode(request), promise, withdrawal, sealed);
    }

    BookPage withPromise(String note) {
        return new BookPage(key, box, cls, manifest, seed, token, cast, note, withdrawal, sealed);
    }

    BookPage withWithdrawal(byte[] request) {
        return new BookPage(key, box, cls, manifest, seed, token, cast, promise, encode(request), sealed);
    }

    BookPage withSealed(RelayedRequest.Kind kind, SealedRequest request) {
        return withSealed(kind + ":" + encode(request.encode()) + ":" + encode(request.responseSecret()));
    }

    BookPage withoutSealed() {
        return withSealed(null);
    }

    private BookPage withSealed(@Nullable String text) {
        return new BookPage(key, box, cls, manifest, seed, token, cast, promise, withdrawal, text);
    }

    /// What is on its way through a relay; null if nothing of this kind is.
    @Nullable
    SealedRequest sealedRequest(RelayedRequest.Kind kind) {
        if (sealed == null || !sealed.startsWith(kind + ":")) return null;
        String[] parts = sealed.split(":");
        return SealedRequest.restore(decode(parts[1]), decode(parts[2]));
    }

    /// Parses the keys each time: use an already parsed manifest if there is one.
    Manifest parsedManifest() {
        return Manifest.parse(decode(manifest));
    }

    static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static byte[] decode(String text) {
        return Base64.getDecoder().decode(text);
    }

    ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("key", key)
                .put("box", box)
                .put("class", cls)
                .put("manifest", manifest)
                .put("seed", seed);
        return json.put("token", token)
                .put("cast", cast)
                .put("promise", promise)
                .put("withdrawal", withdrawal)
                .put("sealed", sealed);
    }

    /// @throws IllegalArgumentException if a field is missing
    static BookPage of(JsonNode json) {
        for (String name : List.of("key", "box", "class", "manifest", "seed")) {
            if (!json.path(name).isString()) throw new IllegalArgumentException("a page of the wallet has no " + name);
        }
        return new BookPage(
                json.path("key").stringValue(""),
                json.path("box").stringValue(""),
                json.path("class").stringValue(""),
                json.path("manifest").stringValue(""),
                json.path("seed").stringValue(""),
                json.path("token").stringValue(null),
                json.path("cast").stringValue(null),
                json.path("promise").stringValue(null),
                json.path("withdrawal").stringValue(null),
                json.path("sealed").stringValue(null));
    }

    @Override
    public String toString() {
        return "Page(hidden)";
    }
}
