/// Transparency logs as files (RFC 6962, c2sp.org); see [org.undersigned.tlog].
module org.undersigned.tlog {
    requires transitive java.net.http;
    requires static transitive org.jspecify;
    requires static transitive jdk.httpserver; // only org.undersigned.tlog.http.WitnessHandler

    exports org.undersigned.tlog;
    exports org.undersigned.tlog.http;
    exports org.undersigned.tlog.witness;
}
