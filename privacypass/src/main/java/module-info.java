/// Publicly verifiable Privacy Pass tokens (RFC 9577, RFC 9578 type 2) and RSA blind signatures (RFC 9474).
module org.undersigned.privacypass {
    requires static transitive org.jspecify;

    uses java.security.Provider; // to find Corretto's faster RSA, if it is on the path

    exports org.undersigned.privacypass;
    exports org.undersigned.privacypass.blindrsa;
}
