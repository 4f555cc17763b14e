/**
 * The client's side of RSABSSA-SHA384-PSS-Deterministic (RFC 9474 §4) for RSA-2048, with a salt and a blinding factor
 * that the caller chooses: the same inputs make the same request. BigInt's time depends on the values; only this device
 * can measure it.
 */
import { concat, hex, unhex, type Bytes } from "./bytes";
import { sha384 } from "./crypto";
import { importIssuerKey, type IssuerKey } from "./manifest";

const SIZE = 256;
const HASH = 48;
export const SALT_SIZE = 48;
const EXPONENT_SQUARINGS = 16; // e = 65537 = 2^16 + 1

const number = (bytes: Uint8Array): bigint => BigInt(`0x${hex(bytes)}`);
const bytes = (value: bigint): Bytes => unhex(value.toString(16).padStart(2 * SIZE, "0"));
const modulus = (key: IssuerKey): bigint => number(key.spki.subarray(81, 337));

/** A blinded message to send, and the inverse that unblinds the response: 256 bytes each. */
export interface Blinded {
  blinded: Bytes;
  inverse: Bytes;
}

/**
 * Blinds a message.
 *
 * @param salt 48 bytes
 * @param factor a big-endian number of more than 256 bytes, as good as uniform modulo the key's modulus; secret, and
 *     for this message and key only
 * @throws Error if message or factor shares a factor with the modulus
 */
export async function blind(key: IssuerKey, message: Bytes, salt: Bytes, factor: Bytes): Promise<Blinded> {
  const n = modulus(key);
  const r = number(factor) % n;
  const m = number(await encode(message, salt));
  inverse(m, n); // RFC 9474 §4.2, step 4
  let power = r;
  for (let i = 0; i < EXPONENT_SQUARINGS; i++) power = (power * power) % n;
  return { blinded: bytes((((power * r) % n) * m) % n), inverse: bytes(inverse(r, n)) };
}

/**
 * Unblinds a blind signature and verifies it.
 *
 * @returns the signature, 256 bytes
 * @throws Error if the issuer signed another message or used another key
 */
export async function finalize(key: IssuerKey, message: Bytes, blindSignature: Bytes, inverseOfFactor: Bytes): Promise<Bytes> {
  const signature = bytes((number(blindSignature) * number(inverseOfFactor)) % modulus(key));
  const algorithm = { name: "RSA-PSS", saltLength: SALT_SIZE };
  if (!(await crypto.subtle.verify(algorithm, await importIssuerKey(key), signature, message))) {
    throw new Error("the issuer's signature does not verify");
  }
  return signature;
}

/** EMSA-PSS-ENCODE (RFC 8017 §9.1.1) for 2047 bits, with SHA-384 and MGF1 of SHA-384: 256 bytes. */
async function encode(message: Bytes, salt: Bytes): Promise<Bytes> {
  if (salt.length !== SALT_SIZE) throw new Error(`a salt must have ${SALT_SIZE} bytes`);
  const h = await sha384(new Uint8Array(8), await sha384(message), salt);
  const length = SIZE - HASH - 1;
  const db = new Uint8Array(length);
  db[length - SALT_SIZE - 1] = 1;
  db.set(salt, length - SALT_SIZE);
  for (let block = 0; block * HASH < length; block++) {
    const mask = await sha384(h, Uint8Array.of(0, 0, 0, block));
    for (let i = 0; i < HASH && block * HASH + i < length; i++) db[block * HASH + i]! ^= mask[i]!;
  }
  db[0]! &= 0x7f;
  return concat(db, h, Uint8Array.of(0xbc));
}

/** The inverse of `a` modulo `n`, by Euclid. @throws Error if there is none */
function inverse(a: bigint, n: bigint): bigint {
  let [rest, last] = [a % n, n];
  let [x, before] = [1n, 0n];
  while (rest !== 0n) {
    const quotient = last / rest;
    [rest, last] = [last - quotient * rest, rest];
    [x, before] = [before - quotient * x, x];
  }
  if (last !== 1n) throw new Error("not coprime to the modulus");
  return before < 0n ? before + n : before;
}
