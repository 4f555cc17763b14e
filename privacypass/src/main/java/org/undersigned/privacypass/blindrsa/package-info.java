/// RSA blind signatures (RFC 9474): [BlindRsa] has its four variants.
@NullMarked
package org.undersigned.privacypass.blindrsa;

import org.jspecify.annotations.NullMarked;
