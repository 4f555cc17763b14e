package org.undersigned.server.register;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.undersigned.server.http.Answers;
import org.undersigned.server.http.Caching;
import org.undersigned.server.http.Kind;
import org.undersigned.server.http.LogRoutes;
import tools.jackson.databind.json.JsonMapper;

/// The register's HTTP surface: public files only.
public final class RegisterHandler {
    private static final JsonMapper JSON = new JsonMapper();

    private static final Kind INSTANCE =
            Kind.of("application/json", Caching.ASK).openToEverybody();

    private final Register register;
    private final Answers answers;
    private final LogRoutes log;

    public RegisterHandler(Register register, Answers answers) {
        this.register = register;
        this.answers = answers;
        this.log = new LogRoutes(answers);
    }

    /// `GET /.well-known/undersigned.json`: what this instance is called and the key that signs its record.
    public void instance(ServerRequest request, ServerResponse response) {
        var body = new LinkedHashMap<String, Object>();
        body.put("v", 1);
        body.put("host", register.key().host());
        body.put("register_key", register.key().registerVerifier().vkey());
        body.put("register", "/log/register/");
        var bytes = JSON.writeValueAsBytes(body);
        Answers.send(request, response, INSTANCE, answers.body(request.path().path(), INSTANCE, bytes));
    }

    /// `GET /log/register/checkpoint`
    public void checkpoint(ServerRequest request, ServerResponse response) {
        log.sendCheckpoint(request, response, Optional.of(register.published().note()));
    }

    /// `GET /log/register/tile/…`
    public void tile(ServerRequest request, ServerResponse response) {
        var tile = LogRoutes.tile(request);
        log.sendTile(request, response, tile, register.tile(tile));
    }
}
