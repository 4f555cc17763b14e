package org.undersigned.server.platform.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.Semaphore;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads request bodies within limits. Refuses a body that is not exactly as specified, and names the field.
public final class RequestBodies {
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(8)
                            .maxStringLength(4096)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final int PIECE = 1 << 14; // bytes; an entry fits in the first piece, which is always read

    /// For the further pieces of all bodies that are being read: a share of the memory.
    private static final Semaphore PIECES =
            new Semaphore((int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 16 / PIECE));

    private RequestBodies() {}

    /// @throws Problem 413 if there are more than `most` bytes; 503 if others are sending too many large bodies now
    public static byte[] bytes(ServerRequest request, int most) {
        if (!request.content().hasEntity()) return new byte[0];
        var body = new ByteArrayOutputStream();
        var places = 0;
        try (InputStream in = request.content().inputStream()) {
            var piece = in.readNBytes(PIECE);
            body.write(piece);
            while (piece.length == PIECE && body.size() <= most) {
                if (!PIECES.tryAcquire()) throw Problem.tryLater();
                places++;
                piece = in.readNBytes(PIECE);
                body.write(piece);
            }
            if (body.size() > most) throw Problem.tooLarge(most);
            return body.toByteArray();
        } catch (IOException | DataReader.InsufficientDataAvailableException e) {
            throw Problem.malformed("body", "The body is not complete."); // the connection has ended
        } finally {
            PIECES.release(places);
        }
    }

    /// Reads a JSON object with exactly these members.
    ///
    /// @throws Problem 400 that names the member that is missing, unknown or repeated
    public static ObjectNode object(ServerRequest request, int most, Set<String> members) {
        try {
            return exactly(JSON.readTree(bytes(request, most)), "body", members);
        } catch (JacksonException e) {
            throw Problem.malformed("body", "The body is not one JSON object" + place(e) + ".");
        }
    }

    /// The position where reading ended. The parser's own message is left out: it repeats what was sent, which may
    /// be a person's address.
    private static String place(JacksonException e) {
        var at = e.getLocation();
        return at == null || at.getLineNr() < 1
                ? ""
                : "; reading ended at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    /// `node` as an object with exactly these members.
    public static ObjectNode exactly(JsonNode node, String field, Set<String> members) {
        if (!(node instanceof ObjectNode object)) throw Problem.malformed(field, "This must be an object.");
        for (var name : members) {
            if (!object.has(name)) throw Problem.malformed(name, "The member \"" + name + "\" is missing.");
        }
        for (var name : object.propertyNames()) {
            if (!members.contains(name)) throw Problem.malformed(field, "This object has an unknown member.");
        }
        return object;
    }

    /// @throws Problem 400 if the member is not a string of 1 to `most` characters
    public static String string(ObjectNode object, String member, int most) {
        var node = object.get(member);
        if (node == null || !node.isString()) throw Problem.malformed(member, "This must be a string.");
        var value = node.stringValue();
        if (value.isEmpty() || value.length() > most) {
            throw Problem.malformed(member, "This must be 1 to " + most + " characters.");
        }
        return value;
    }

    /// @throws Problem 400 if the member is not the canonical base64 (RFC 4648 §4, padded) of exactly `length`
    ///     bytes
    public static byte[] base64(ObjectNode object, String member, String field, int length) {
        var node = object.get(member);
        if (node != null && node.isString()) {
            var text = node.stringValue();
            try {
                var bytes = Base64.getDecoder().decode(text);
                if (bytes.length == length
                        && Base64.getEncoder().encodeToString(bytes).equals(text)) return bytes;
            } catch (IllegalArgumentException e) {
                // refused below
            }
        }
        throw Problem.malformed(field, "This must be the base64 of exactly " + length + " bytes.");
    }
}
