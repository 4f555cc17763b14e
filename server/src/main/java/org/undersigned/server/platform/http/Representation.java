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
    private final boolean hasText;

    private Representation(String type, boolean byLanguage, CachePolicy caching, List<Header> more, boolean hasText) {
        this.hasText = hasText;
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
        return new Representation(type, false, caching, List.of(), isText(type));
    }

    /// A response in the reader's language.
    public static Representation byLanguage(String type, CachePolicy caching) {
        return new Representation(type, true, caching, List.of(), isText(type));
    }

    /// Lets pages of other hosts read the response too (Fetch standard, CORS). There are no cookies that could be
    /// misused.
    public Representation openToEverybody() {
        return new Representation(type, byLanguage, caching, OPEN, hasText);
    }

    /// Adds a header to every response of this kind, but not to a refusal.
    public Representation with(Header header) {
        var all = new ArrayList<>(more);
        all.add(header);
        return new Representation(type, byLanguage, caching, List.copyOf(all), hasText);
    }

    /// The same, for bytes of a binary type that are mostly text.
    public Representation withText() {
        return new Representation(type, byLanguage, caching, more, true);
    }

    public String type() {
        return type;
    }

    /// True if compression makes such bytes smaller; it does not for pictures and hashes.
    boolean isCompressible() {
        return hasText;
    }

    private static boolean isText(String type) {
        return type.startsWith("text/") || type.contains("json") || type.contains("xml");
    }

    public boolean isByLanguage() {
        return byLanguage;
    }
}
