package org.undersigned.server.platform.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.util.ArrayList;
import java.util.List;

/// A kind of response: its media type, whether it depends on the reader's language, how long it may be stored.
/// Create each one once, as a constant, because its headers are serialized then.
public final class Representation {
    static final List<Header> OPEN = List.of(
            HeaderValues.createCached("Access-Control-Allow-Origin", "*"),
            HeaderValues.createCached("Access-Control-Expose-Headers", "ETag, Last-Modified, Link"),
            HeaderValues.createCached("Cross-Origin-Resource-Policy", "cross-origin"));

    final List<Header> headers;
    private final String type;
    private final boolean byLanguage;
    private final CachePolicy caching;
    private final List<Header> more;

    private Representation(String type, boolean byLanguage, CachePolicy caching, List<Header> more) {
        this.type = type;
        this.byLanguage = byLanguage;
        this.caching = caching;
        this.more = more;
        var all = new ArrayList<Header>();
        all.add(HeaderValues.createCached(HeaderNames.CONTENT_TYPE, type));
        all.add(HeaderValues.createCached(
                HeaderNames.VARY, byLanguage ? "Accept-Language, Accept-Encoding" : "Accept-Encoding"));
        all.add(caching.header);
        all.addAll(more);
        headers = List.copyOf(all);
    }

    /// A response that does not depend on the reader's language.
    public static Representation of(String type, CachePolicy caching) {
        return new Representation(type, false, caching, List.of());
    }

    /// A response in the reader's language.
    public static Representation byLanguage(String type, CachePolicy caching) {
        return new Representation(type, true, caching, List.of());
    }

    /// Lets pages of other hosts read the response too (Fetch standard, CORS). There are no cookies that could be
    /// misused.
    public Representation openToEverybody() {
        return new Representation(type, byLanguage, caching, OPEN);
    }

    /// Adds a header to every response of this kind, but not to a refusal.
    public Representation with(Header header) {
        var all = new ArrayList<>(more);
        all.add(header);
        return new Representation(type, byLanguage, caching, List.copyOf(all));
    }

    public String type() {
        return type;
    }

    /// True if compression makes such bytes smaller; it does not for pictures and hashes.
    boolean isCompressible() {
        return type.startsWith("text/") || type.contains("json") || type.contains("xml");
    }

    public boolean isByLanguage() {
        return byLanguage;
    }
}
