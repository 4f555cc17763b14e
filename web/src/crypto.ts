/** SHA-256, SHA-384 and Ed25519 (RFC 8032) by WebCrypto. */
import { base64url, concat, unbase64url, unhex, type Bytes } from "./bytes";

const PKCS8_PREFIX = unhex("302e020100300506032b657004220420");

export const sha256 = async (...parts: Uint8Array[]): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", concat(...parts)));

export const sha384 = async (...parts: Uint8Array[]): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest("SHA-384", concat(...parts)));

export const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));

/** An Ed25519 key pair: 32 bytes each. */
export interface KeyPair {
  seed: Bytes;
  publicKey: Bytes;
}

const importSeed = (seed: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey("pkcs8", concat(PKCS8_PREFIX, seed), "Ed25519", true, ["sign"]);

/** Returns the key pair of `seed` (32 bytes). */
export async function keyPair(seed: Bytes): Promise<KeyPair> {
  const jwk = await crypto.subtle.exportKey("jwk", await importSeed(seed));
  if (jwk.x === undefined) throw new Error("no public key");
  return { seed, publicKey: unbase64url(jwk.x) };
}

/** Returns a signature of 64 bytes. */
export const sign = async (seed: Bytes, message: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.sign("Ed25519", await importSeed(seed), message));

/** Returns false, and never throws, for malformed keys and signatures. */
export async function verify(publicKey: Bytes, signature: Bytes, message: Bytes): Promise<boolean> {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  try {
    const jwk = { kty: "OKP", crv: "Ed25519", x: base64url(publicKey) };
    const key = await crypto.subtle.importKey("jwk", jwk, "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", key, signature, message);
  } catch {
    return false;
  }
}

/** True if this browser supports all that signing needs: Ed25519 and IndexedDB. */
export async function isSupported(): Promise<boolean> {
  try {
    await keyPair(random(32));
    return typeof indexedDB !== "undefined";
  } catch {
    return false;
  }
}
