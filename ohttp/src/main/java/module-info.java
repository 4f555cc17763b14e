/// Oblivious HTTP (RFC 9458) and binary HTTP messages (RFC 9292).
module org.undersigned.ohttp {
    requires static transitive org.jspecify;

    exports org.undersigned.ohttp;
}
