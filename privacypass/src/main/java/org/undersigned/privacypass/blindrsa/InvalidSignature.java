package org.undersigned.privacypass.blindrsa;

import java.security.GeneralSecurityException;

/// "invalid signature" (RFC 9474 §4.4): the signer's response does not unblind to a signature of the message.
public final class InvalidSignature extends GeneralSecurityException {
    private static final long serialVersionUID = 1;

    InvalidSignature() {
        super("the blind signature does not unblind to a valid signature");
    }
}
