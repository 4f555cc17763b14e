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

/// A refused request, as problem details (RFC 9457) with the offending field. When a handler throws it, nothing of
/// the request was stored.
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final JsonMapper JSON = new JsonMapper();
    static final String TYPE = "application/problem+json";
    /// These request headers decide whether a problem is sent as a page, and in which language.
    private static final Header VARY = HeaderValues.createCached(HeaderNames.VARY, "Accept, Accept-Language");

    /// Headers of the requested content, which a problem must not carry.
    private static final List<HeaderName> CONTENT_HEADERS =
            List.of(HeaderNames.CONTENT_DISPOSITION, HeaderNames.create("Link"), HeaderNames.CONTENT_LANGUAGE);

    /// A client that must authenticate does so as in draft-cavage-http-signatures-12 §3.1.1.
    private static final Header CHALLENGE = HeaderValues.createCached(
            HeaderNames.WWW_AUTHENTICATE, "Signature headers=\"(request-target) host date digest\"");

    private static final String BROKEN = "Something is broken here";
    private static final String REPEAT = "Send exactly the same again: it is kept once.";

    static final Header RETRY_AFTER = HeaderValues.createCached(HeaderNames.RETRY_AFTER, "3"); // seconds
    private static final String NOT_STORING = "not-storing";
    private static final Header RETRY_LATER = HeaderValues.createCached(HeaderNames.RETRY_AFTER, "60"); // seconds
    static final Header ENGLISH = HeaderValues.createCached(HeaderNames.CONTENT_LANGUAGE, "en");

    private final int status;
    private final String code;
    private final String title;
    private final @Nullable String field;
    private final List<String> allowed;
    private final transient List<String> keys;

    private Problem(
            int status, String code, String title, @Nullable String field, String detail, List<String> allowed) {
        this(status, code, title, field, detail, allowed, List.of());
    }

    private Problem(
            int status,
            String code,
            String title,
            @Nullable String field,
            String detail,
            List<String> allowed,
            List<String> keys) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.title = title;
        this.field = field;
        this.allowed = allowed;
        this.keys = keys;
    }

    /// @param code   the last part of the problem's type, for programs; or a type of the IANA's, whole
    /// @param title  what is wrong in general
    /// @param detail what is wrong here, and what to do
    public static Problem of(int status, String code, String title, String detail) {
        return new Problem(status, code, title, null, detail, List.of());
    }

    /// Returns this problem with the member `keys`: the ids of the keys that it is about, in base64.
    public Problem with(List<String> problemKeys) {
        return new Problem(status, code, title, field, String.valueOf(getMessage()), allowed, List.copyOf(problemKeys));
    }

    public static Problem malformed(String field, String detail) {
        return new Problem(400, "malformed", "The request is malformed", field, detail, List.of());
    }

    public static Problem notFound(String detail) {
        return of(404, "not-found", "There is nothing here", detail);
    }

    /// A sealed request that no key of the gateway opens (RFC 9458 §5.3).
    public static Problem wrongOhttpKey() {
        return of(
                400,
                "https://iana.org/assignments/http-problem-types#ohttp-key",
                "The request is sealed to another key",
                "The register names the gateway's key. Seal the request again.");
    }

    static Problem changed() {
        return of(412, "changed", "It has changed", "The content has changed since your version.");
    }

    static Problem tooLong() {
        return of(414, "too-large", "The request is too large", "This address is too long.");
    }

    public static Problem tooLarge(int most) {
        return of(413, "too-large", "The request is too large", "The body must have at most " + most + " bytes.");
    }

    public static Problem tryLater() {
        return of(503, "try-later", "Too busy right now", "Nothing was lost. Try again in a few seconds.");
    }

    /// The database may have kept the request, or not. A repetition of it is kept once, and gets the answer that
    /// was lost.
    static Problem unknownOutcome() {
        return of(
                503,
                "outcome-unknown",
                "It is not known whether this was kept",
                "The connection to the database ended in between. " + REPEAT);
    }

    /// The disk is nearly full. Nothing was kept.
    public static Problem notStoring() {
        return of(
                503,
                NOT_STORING,
                "Nothing can be stored right now",
                "The server has too little space. Nothing was kept. Send the request again later.");
    }

    /// An error of the server, in a request that changes nothing.
    static Problem broken() {
        return of(500, "broken", BROKEN, "Try again later.");
    }

    /// An error of the server, in a request that may have changed something before.
    static Problem brokenWhileStoring() {
        return of(500, "broken", BROKEN, "It is not known whether this was kept. " + REPEAT);
    }

    /// @param allowed the methods that this address supports
    public static Problem methodNotAllowed(Collection<String> allowed) {
        return new Problem(
                405,
                "method-not-allowed",
                "Method not allowed",
                null,
                "This address supports " + String.join(", ", allowed) + ".",
                List.copyOf(allowed));
    }

    public int status() {
        return status;
    }

    public @Nullable String field() {
        return field;
    }

    /// Sets the status and its headers, for problem details and for a page.
    public void setStatusAndHeaders(ServerResponse response) {
        if (status == 503) response.header(code.equals(NOT_STORING) ? RETRY_LATER : RETRY_AFTER);
        if (status == 401) response.header(CHALLENGE);
        if (!allowed.isEmpty()) response.header(HeaderNames.ALLOW, String.join(", ", allowed));
        CONTENT_HEADERS.forEach(response.headers()::remove);
        response.header(VARY).status(Status.create(status));
    }

    public void send(ServerRequest request, ServerResponse response) {
        setStatusAndHeaders(response);
        response.header(HeaderNames.CONTENT_TYPE, TYPE).header(ENGLISH).header(CachePolicy.NEVER.header);
        CachedResponses.send(request, response, json());
    }

    /// The problem as JSON (RFC 9457 §3).
    public byte[] json() {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", code.startsWith("https:") ? code : "urn:undersigned:problem:" + code);
        body.put("title", title);
        body.put("status", status);
        body.put("detail", String.valueOf(getMessage()));
        if (field != null) body.put("field", field);
        if (!keys.isEmpty()) body.put("keys", keys);
        return JSON.writeValueAsBytes(body);
    }
}
