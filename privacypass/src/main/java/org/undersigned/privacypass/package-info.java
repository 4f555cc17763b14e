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
/// Bytes from outside become a type through its `parse`, which refuses whatever its `encode` would not have
/// written; every length has a bound. Nothing here keeps state: who must not accept a token twice remembers its
/// nonce.
///
/// RSA is [org.undersigned.privacypass.blindrsa.RsaProvider]'s: Corretto's where it is there, which signs in
/// constant time, otherwise the JDK's, which does not but blinds the base;
/// [org.undersigned.privacypass.blindrsa.BlindRsa] says what each path gives.
@NullMarked
package org.undersigned.privacypass;

import org.jspecify.annotations.NullMarked;
