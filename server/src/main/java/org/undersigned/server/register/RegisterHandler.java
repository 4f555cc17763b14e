package org.undersigned.server.register;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.undersigned.server.http.LogRoutes;
import tools.jackson.databind.json.JsonMapper;

/// The register's HTTP surface: public files only.
public final class RegisterHandler {
    private static final JsonMapper JSON = new JsonMapper();

    private final Register register;

    public RegisterHandler(Register register) {
        this.register = register;
    }

    /// `GET /.well-known/undersigned.json`: what this instance is called and the key that signs its record.
    public void instance(ServerRequest request, ServerResponse response) {
        var body = new LinkedHashMap<String, Object>();
        body.put("v", 1);
        body.put("host", register.key().host());
        body.put("register_key", register.key().registerVerifier().vkey());
        body.put("register", "/log/register/");
        response.header(HeaderNames.CONTENT_TYPE, "application/json")
                .header(HeaderNames.CACHE_CONTROL, "no-cache")
                .send(JSON.writeValueAsBytes(body));
    }

    /// `GET /log/register/checkpoint`
    public void checkpoint(ServerRequest request, ServerResponse response) {
        LogRoutes.sendCheckpoint(response, Optional.of(register.published().note()));
    }

    /// `GET /log/register/tile/…`
    public void tile(ServerRequest request, ServerResponse response) {
        var tile = LogRoutes.tile(request);
        LogRoutes.sendTile(response, tile, register.tile(tile));
    }
}
