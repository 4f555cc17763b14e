/// Oblivious HTTP: a client seals a request to a gateway's key, and sends it through a relay. The relay sees who
/// sends and not what; the gateway sees what and not who.
///
/// | specification | type |
/// |---|---|
/// | RFC 9458 §3, key configuration | [KeyConfig] |
/// | RFC 9458 §4.3, client | [SealedRequest] |
/// | RFC 9458 §4.3 and §4.4, gateway | [GatewayKey], [OpenedRequest] |
/// | RFC 9292, binary messages | [BinaryRequest], [BinaryResponse], [Field] |
///
/// The cryptography is HPKE (RFC 9180) in base mode with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and AES-128-GCM,
/// all by the JDK. Nothing here stores state or sends anything: a gateway that must not accept a request twice
/// remembers [OpenedRequest#encapsulatedKey].
@NullMarked
package org.undersigned.ohttp;

import org.jspecify.annotations.NullMarked;
