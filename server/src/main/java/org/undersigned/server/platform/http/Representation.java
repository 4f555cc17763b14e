package org.undersigned.server.platform.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.util.ArrayList;
import java.util.List;

/// What sort of answer it is: its media type, whether it depends on the reader's language, how long it may be kept.
/// Make one once, as a constant: its headers are written out then.
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

    /// The same for everybody.
    public static Representation of(String type, CachePolicy caching) {
        return new Representation(type, false, caching, List.of());
    }

    /// In the reader's language.
    public static Representation byLanguage(String type, CachePolicy caching) {
        return new Representation(type, true, caching, List.of());
    }

    /// Pages of other hosts may read it too (Fetch standard, CORS): there are no cookies that could be misused.
    public Representation openToEverybody() {
        return new Representation(type, byLanguage, caching, OPEN);
    }

    /// What each answer of this kind, and none that refuses, says beside.
    public Representation with(Header header) {
        var all = new ArrayList<>(more);
        all.add(header);
        return new Representation(type, byLanguage, caching, List.copyOf(all));
    }

    public String type() {
        return type;
    }

    /// Whether such bytes get smaller; pictures and hashes do not.
    boolean isCompressible() {
        return type.startsWith("text/") || type.contains("json") || type.contains("xml");
    }

    public boolean isByLanguage() {
        return byLanguage;
    }
}
