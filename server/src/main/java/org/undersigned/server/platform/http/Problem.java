package org.undersigned.server.platform.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Problem details (RFC 9457) with the offending field. Thrown where a request is refused; nothing of it was
/// kept.
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final JsonMapper JSON = new JsonMapper();
    static final String TYPE = "application/problem+json";
    /// Whether it is told as a page, and in which language.
    private static final Header VARY = HeaderValues.createCached(HeaderNames.VARY, "Accept, Accept-Language");

    /// Of what would have been sent.
    private static final List<HeaderName> OF_WHAT_WAS_ASKED =
            List.of(HeaderNames.CONTENT_DISPOSITION, HeaderNames.create("Link"), HeaderNames.CONTENT_LANGUAGE);

    /// Who must prove who they are does so as draft-cavage-http-signatures-12 §3.1.1 asks.
    private static final Header CHALLENGE = HeaderValues.createCached(
            HeaderNames.WWW_AUTHENTICATE, "Signature headers=\"(request-target) host date digest\"");

    static final Header RETRY_AFTER = HeaderValues.createCached(HeaderNames.RETRY_AFTER, "3"); // seconds
    static final Header ENGLISH = HeaderValues.createCached(HeaderNames.CONTENT_LANGUAGE, "en");

    private final int status;
    private final String code;
    private final String title;
    private final @Nullable String field;
    private final List<String> allowed;

    private Problem(
            int status, String code, String title, @Nullable String field, String detail, List<String> allowed) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.title = title;
        this.field = field;
        this.allowed = allowed;
    }

    /// @param code   the last part of the problem's type, for programs
    /// @param title  what is wrong in general
    /// @param detail what is wrong here, and what to do
    public static Problem of(int status, String code, String title, String detail) {
        return new Problem(status, code, title, null, detail, List.of());
    }

    public static Problem malformed(String field, String detail) {
        return new Problem(400, "malformed", "The request is malformed", field, detail, List.of());
    }

    public static Problem notFound(String detail) {
        return of(404, "not-found", "There is nothing here", detail);
    }

    static Problem changed() {
        return of(412, "changed", "It has changed", "What is here now is not what was asked for.");
    }

    static Problem tooLong() {
        return of(414, "too-large", "The request is too large", "This address is longer than any that is here.");
    }

    public static Problem tooLarge(int most) {
        return of(413, "too-large", "The request is too large", "At most " + most + " bytes are read here.");
    }

    public static Problem tryLater() {
        return of(503, "try-later", "Too busy right now", "Nothing was lost. Try again in a few seconds.");
    }

    /// @param allowed the methods that are answered at this address
    public static Problem methodNotAllowed(Collection<String> allowed) {
        return new Problem(
                405,
                "method-not-allowed",
                "This is not done here",
                null,
                "This address answers to " + String.join(", ", allowed) + ".",
                List.copyOf(allowed));
    }

    public int status() {
        return status;
    }

    public @Nullable String field() {
        return field;
    }

    /// Sets the status and what goes with it, for details and for a page alike.
    public void answering(ServerResponse response) {
        if (status == 503) response.header(RETRY_AFTER);
        if (status == 401) response.header(CHALLENGE);
        if (!allowed.isEmpty()) response.header(HeaderNames.ALLOW, String.join(", ", allowed));
        OF_WHAT_WAS_ASKED.forEach(response.headers()::remove);
        response.header(VARY).status(Status.create(status));
    }

    public void send(ServerRequest request, ServerResponse response) {
        answering(response);
        response.header(HeaderNames.CONTENT_TYPE, TYPE).header(ENGLISH).header(CachePolicy.NEVER.header);
        CachedResponses.send(request, response, json());
    }

    /// The problem as it is sent.
    byte[] json() {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "urn:undersigned:problem:" + code);
        body.put("title", title);
        body.put("status", status);
        body.put("detail", String.valueOf(getMessage()));
        if (field != null) body.put("field", field);
        return JSON.writeValueAsBytes(body);
    }
}
