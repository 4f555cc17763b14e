/// Privacy Pass with publicly verifiable tokens (token type 2).
///
/// | specification | type |
/// |---|---|
/// | RFC 9577 §2.1, challenge | [TokenChallenge] |
/// | RFC 9577 §2.2 and RFC 9578 §6, token | [Token] |
/// | RFC 9578 §6.1, client | [Client], [PendingToken], [TokenRequest] |
/// | RFC 9578 §6.2, issuer | [Issuer], [TokenResponse] |
/// | RFC 9578 §6.3, finalization | [PendingToken#finish(IssuerPublicKey, TokenResponse)] |
/// | RFC 9578 §6.4, verification | [Token#verify] |
/// | RFC 9578 §6.5, issuer key | [IssuerPublicKey] |
/// | RFC 9474, blind signatures | package `blindrsa` |
///
/// Each type parses bytes with `parse`, which accepts only what `encode` writes. Every length has a bound. Nothing
/// here stores state: a verifier that must not accept a token twice stores the token's nonce.
///
/// [org.undersigned.privacypass.blindrsa.RsaProvider] selects the RSA provider: Corretto if available, which signs
/// in constant time; otherwise the JDK's, which is not constant-time but blinds the base.
/// [org.undersigned.privacypass.blindrsa.BlindRsa] describes the properties of each.
@NullMarked
package org.undersigned.privacypass;

import org.jspecify.annotations.NullMarked;
