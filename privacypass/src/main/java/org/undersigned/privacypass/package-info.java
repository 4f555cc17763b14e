/// Privacy Pass with publicly verifiable tokens (token type 2).
///
/// | specification | type |
/// |---|---|
/// | RFC 9577 §2.1, challenge | [TokenChallenge] |
/// | RFC 9577 §2.2 and RFC 9578 §6, token | [Token] |
/// | RFC 9578 §6.1, client | [Client], [PendingToken] |
/// | RFC 9578 §6.2, issuer | [Issuer] |
/// | RFC 9578 §6.5, issuer key | [IssuerPublicKey] |
/// | RFC 9474, blind signatures | package `blindrsa` |
@NullMarked
package org.undersigned.privacypass;

import org.jspecify.annotations.NullMarked;
