/// RSA blind signatures (RFC 9474), in its four variants.
///
/// | section | type |
/// |---|---|
/// | §4.1 Prepare, §4.2 Blind, §4.3 BlindSign, §4.4 Finalize | [BlindRsa] |
/// | §4.3 BlindSign, many times with one key | [BlindSigner] |
/// | §4.2, what Blind returns | [Blinded] |
/// | §4.4, "invalid signature" | [InvalidSignature] |
/// | §5, the variants | [Variant] |
/// | §7.1, timing properties of each provider | [RsaProvider], [BlindRsa] |
@NullMarked
package org.undersigned.privacypass.blindrsa;

import org.jspecify.annotations.NullMarked;
