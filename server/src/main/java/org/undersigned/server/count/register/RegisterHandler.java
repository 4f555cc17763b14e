package org.undersigned.server.count.register;

import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.undersigned.server.platform.http.CachePolicy;
import org.undersigned.server.platform.http.CachedResponses;
import org.undersigned.server.platform.http.LogRoutes;
import org.undersigned.server.platform.http.Problem;
import org.undersigned.server.platform.http.Representation;
import org.undersigned.tlog.CosignatureVerifier;
import org.undersigned.tlog.Hash;
import tools.jackson.databind.json.JsonMapper;

/// HTTP handlers of the register. They serve public files only.
public final class RegisterHandler {
    private static final JsonMapper JSON = new JsonMapper();

    private static final Representation INSTANCE =
            Representation.of("application/json", CachePolicy.REVALIDATE).openToEverybody();

    private static final Representation TEXT =
            Representation.of("application/json", CachePolicy.FOREVER).openToEverybody();
    private static final Representation KEY =
            Representation.of("application/octet-stream", CachePolicy.FOREVER).openToEverybody();

    private final Register register;
    private final CosignatureVerifier witnessKey;
    private final CachedResponses responses;
    private final LogRoutes log;

    /// @param witnessKey the key with which this instance cosigns other registers
    public RegisterHandler(Register register, CosignatureVerifier witnessKey, CachedResponses responses) {
        this.register = register;
        this.witnessKey = witnessKey;
        this.responses = responses;
        this.log = LogRoutes.ofText(responses);
    }

    /// `GET /.well-known/undersigned.json`: the instance's name, the public keys with which it signs its record and
    /// cosigns other registers, and the keys of the witnesses that cosign its own register.
    public void instance(ServerRequest request, ServerResponse response) {
        var body = new LinkedHashMap<String, Object>();
        body.put("v", 1);
        body.put("host", register.key().host());
        body.put("register_key", register.key().registerVerifier().vkey());
        body.put("register", InstanceLog.REGISTER.path());
        body.put("ledger", InstanceLog.LEDGER.path());
        body.put("witness_key", witnessKey.vkey());
        body.put("witness", "/witness/");
        var policy = register.policy(); // what the register says, also where another node wrote it
        body.put("witnesses", policy.vkeys());
        body.put("quorum", policy.quorum());
        var bytes = JSON.writeValueAsBytes(body);
        CachedResponses.send(
                request, response, INSTANCE, responses.body(request.path().path(), INSTANCE, bytes));
    }

    /// `GET /text/{digest}.json`: the text with this SHA-256, for which a box was opened.
    public void text(ServerRequest request, ServerResponse response) {
        var digest = request.path().pathParameters().get("digest");
        var text = sha256(digest).flatMap(register::text);
        var bytes = text.orElseThrow(() -> Problem.notFound("No box was opened for a text with this digest."));
        CachedResponses.send(
                request, response, TEXT, responses.body(request.path().path(), TEXT, bytes));
    }

    /// `GET /key/{id}`: the issuer key with this token key id, as SPKI of 342 bytes.
    public void key(ServerRequest request, ServerResponse response) {
        var key = sha256(request.path().pathParameters().get("id")).flatMap(register::key);
        var bytes = key.orElseThrow(() -> Problem.notFound("No box was opened with a key of this id."))
                .spki();
        CachedResponses.send(
                request, response, KEY, responses.body(request.path().path(), KEY, bytes));
    }

    private static Optional<Hash> sha256(String hex) {
        return hex.matches("[0-9a-f]{64}") ? Optional.of(Hash.of(HexFormat.of().parseHex(hex))) : Optional.empty();
    }

    /// `GET /log/register/checkpoint`, `GET /log/ledger/checkpoint`
    public Handler checkpoint(InstanceLog of) {
        return (request, response) -> log.sendCheckpoint(request, response, Optional.of(register.cosigned(of)));
    }

    /// `GET /log/register/tile/…`, `GET /log/ledger/tile/…`
    public Handler tile(InstanceLog of) {
        return (request, response) -> {
            var tile = LogRoutes.tile(request);
            log.sendTile(request, response, tile, register.tile(of, tile));
        };
    }
}
