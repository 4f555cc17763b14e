package org.undersigned.server.count.roll;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.undersigned.record.Manifest;
import org.undersigned.record.WrittenCode;
import org.undersigned.server.platform.http.CachedResponses;
import org.undersigned.server.platform.http.HttpServer;
import org.undersigned.server.platform.http.OwnPages;
import org.undersigned.server.platform.http.Problem;
import org.undersigned.server.platform.http.RequestBodies;
import org.undersigned.server.platform.mail.EmailAddress;
import org.undersigned.tlog.Hash;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// HTTP handlers of the roll (PROTOCOL §4).
public final class RollHandler {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_REQUESTS = 2_000;

    private final Roll roll;

    public RollHandler(Roll roll) {
        this.roll = roll;
    }

    /// `POST /roll/{campus}/code`: sends the same response for every address.
    public void code(ServerRequest request, ServerResponse response) {
        OwnPages.requireJson(request);
        var campus = campus(request);
        var body = RequestBodies.object(request, 4096, Set.of("address"));
        switch (roll.requestCode(campus, address(body))) {
            case ACCEPTED ->
                send(request, response.status(Status.ACCEPTED_202), Map.of("valid_minutes", Codes.QUARTER.toMinutes()));
            case BUSY -> throw Problem.tryLater();
            case LIMITED -> throw limited(response);
        }
    }

    private Problem limited(ServerResponse response) {
        var wait = roll.untilMoreCodes();
        response.header(HeaderValues.create(HeaderNames.RETRY_AFTER, wait.toSeconds() + 1));
        return Problem.of(
                429,
                "too-many",
                "Too many codes were requested at this campus",
                "A code that was mailed before still works. Request another one in " + (wait.toMinutes() + 1)
                        + " minutes.");
    }

    /// `GET /roll/{campus}/book`: the boxes, whose manifests are in the register, and their keys.
    public void book(ServerRequest request, ServerResponse response) {
        var boxes = roll.book(campus(request)).stream().map(this::box).toList();
        send(request, response, Map.of("v", 1, "boxes", boxes));
    }

    private Map<String, Object> box(Manifest manifest) {
        return Map.of("box", manifest.box().value(), "keys", keys(manifest));
    }

    private List<String> keys(Manifest manifest) {
        var keys = roll.keysOf(manifest);
        return manifest.classes().stream()
                .map(one -> Base64.getEncoder().encodeToString(keys.key(one).spki()))
                .toList();
    }

    /// `POST /roll/{campus}/draw`
    public void draw(ServerRequest request, ServerResponse response) {
        OwnPages.requireJson(request);
        var campus = campus(request);
        var body = RequestBodies.object(request, HttpServer.MAX_BODY, Set.of("address", "code", "requests"));
        var address = address(body);
        var code = Codes.parse(RequestBodies.string(body, "code", 64))
                .orElseThrow(() -> Problem.malformed("code", "This must be a code of 8 letters and digits."));
        send(request, response, roll.draw(campus, address, code, wishes(body)));
    }

    /// `POST /roll/{campus}/draw/card`
    public void drawWithCard(ServerRequest request, ServerResponse response) {
        OwnPages.requireJson(request);
        var campus = campus(request);
        var body = RequestBodies.object(request, HttpServer.MAX_BODY, Set.of("card", "requests"));
        var card = card(RequestBodies.string(body, "card", 128));
        send(request, response, roll.drawWithCard(campus, card, wishes(body)));
    }

    private static byte[] card(String typed) {
        try {
            return WrittenCode.CARD.read(typed);
        } catch (IllegalArgumentException _) {
            throw Problem.malformed("card", "This must be the 28 letters and digits of a card.");
        }
    }

    private static List<DrawResult.SignatureRequest> wishes(ObjectNode body) {
        var requests = body.get("requests");
        if (requests == null || !requests.isArray() || requests.size() > MAX_REQUESTS) {
            throw Problem.malformed("requests", "This must be a list of at most " + MAX_REQUESTS + " requests.");
        }
        var wishes = new ArrayList<DrawResult.SignatureRequest>();
        for (var i = 0; i < requests.size(); i++) {
            var at = "requests[" + i + "]";
            var wish = RequestBodies.exactly(requests.get(i), at, Set.of("key", "blinded"));
            wishes.add(new DrawResult.SignatureRequest(
                    RequestBodies.base64(wish, "key", at + ".key", 32),
                    RequestBodies.base64(wish, "blinded", at + ".blinded", 256)));
        }
        return wishes;
    }

    private static void send(ServerRequest request, ServerResponse response, DrawResult result) {
        switch (result) {
            case DrawResult.Book(var responses) -> send(request, response, Map.of("responses", responses(responses)));
            case DrawResult.OutOfRange(var wish) ->
                throw Problem.malformed("requests[" + wish + "].blinded", "This must be less than the key's modulus.");
            case DrawResult.AlreadyIssued(var keyIds) ->
                throw conflict(
                        "key-already-issued",
                        "This address already got tokens",
                        "Another device or browser has them; nothing was signed here. Request the keys that are not in"
                                + " \"keys\".",
                        keyIds);
            case DrawResult.CardUsed(var keyIds) ->
                throw conflict(
                        "card-used",
                        "This card was used",
                        "A card draws one book, once. The keys in \"keys\" were not signed for these requests.",
                        keyIds);
            case DrawResult.Refused(var reason) -> throw problem(reason);
        }
    }

    private static Problem conflict(String code, String title, String detail, List<Hash> keyIds) {
        return Problem.of(409, code, title, detail)
                .with(keyIds.stream()
                        .map(key -> Base64.getEncoder().encodeToString(key.bytes()))
                        .toList());
    }

    private static List<Map<String, String>> responses(List<DrawResult.Signed> signed) {
        var base64 = Base64.getEncoder();
        return signed.stream()
                .map(one -> Map.of(
                        "key", base64.encodeToString(one.key().keyId()),
                        "blind_signature", base64.encodeToString(one.blindSignature())))
                .toList();
    }

    private static Problem problem(DrawResult.Reason reason) {
        return switch (reason) {
            case CODE_REFUSED ->
                Problem.of(403, "code-refused", "The code is refused", "It is wrong, or too old. Request a new one.");
            case CARD_REFUSED ->
                Problem.of(
                        403,
                        "card-refused",
                        "The card is refused",
                        "No card of this campus has this code, or its time is over.");
            case INCOMPLETE_BOOK ->
                Problem.of(
                        422,
                        "incomplete-book",
                        "The book is not complete",
                        "Request exactly one signature for each open box. Fetch the book again and retry.");
        };
    }

    private String campus(ServerRequest request) {
        var campus = request.path().pathParameters().get("campus");
        if (!campus.matches("[a-z0-9.-]{1,253}") || !roll.knows(campus))
            throw Problem.notFound("This instance has no such campus.");
        return campus;
    }

    private static EmailAddress address(ObjectNode body) {
        try {
            return EmailAddress.parse(RequestBodies.string(body, "address", 254));
        } catch (EmailAddress.Refused e) {
            throw Problem.malformed("address", e.why());
        }
    }

    private static void send(ServerRequest request, ServerResponse response, Map<String, ?> body) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json").header(HeaderNames.CACHE_CONTROL, "no-store");
        CachedResponses.send(request, response, JSON.writeValueAsBytes(body));
    }
}
