/**
 * The secret of one person's book (PROTOCOL §4): 16 random bytes from which all keys, salts and blinding factors of the
 * book come, and the recovery code in which a person keeps it.
 */
import { concat, u16, utf8, type Bytes } from "./bytes";
import { keyPair, sha256, type KeyPair } from "./crypto";
import { blind, SALT_SIZE, type Blinded } from "./blindrsa";
import type { IssuerClass, IssuerKey, Manifest } from "./manifest";

export const SECRET_SIZE = 16;
const SEED_SIZE = 32;
const FACTOR_SIZE = 256 + 16;

/**
 * HKDF-SHA-256 (RFC 5869).
 *
 * @param what is derived
 * @param identity empty for all but the factor
 */
export async function derive(
  secret: Bytes,
  what: "seed" | "salt" | "factor",
  challengeDigest: Bytes,
  keyId: Bytes,
  identity: string,
  length: number,
): Promise<Bytes> {
  const info = concat(utf8(`${what}\0`), challengeDigest, keyId, utf8(identity));
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const algorithm = { name: "HKDF", hash: "SHA-256", salt: utf8("undersigned/v1/book"), info };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, 8 * length));
}

/** The keys and the input of a token; the seed signs the entry and its withdrawal. */
export interface Keys extends KeyPair {
  tokenInput: Bytes;
}

export const nonceOf = (publicKey: Bytes): Promise<Bytes> => sha256(utf8("undersigned/v1/nonce\0"), publicKey);

/** The keys of a book for one class of a box. */
export async function keysOf(secret: Bytes, { challengeDigest }: Manifest, { keyId }: IssuerClass): Promise<Keys> {
  const pair = await keyPair(await derive(secret, "seed", challengeDigest, keyId, "", SEED_SIZE));
  return { ...pair, tokenInput: concat(u16(2), await nonceOf(pair.publicKey), challengeDigest, keyId) };
}

/** The request for the token of `keys`: the same for the same person, and with nothing in common for another. */
export async function blindedBy(secret: Bytes, identity: string, { challengeDigest }: Manifest, key: IssuerKey, keys: Keys): Promise<Blinded> {
  const salt = await derive(secret, "salt", challengeDigest, key.keyId, "", SALT_SIZE);
  const factor = await derive(secret, "factor", challengeDigest, key.keyId, identity, FACTOR_SIZE);
  return blind(key, keys.tokenInput, salt, factor);
}

const SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_LENGTH = 28;
const CHECK_BITS = 12n;
/** What a QR code has before the code, so that a camera does not take it for something to look up. */
const SCHEME = "UNDERSIGNED:";

/** What a written code is for; its check differs, so that neither is taken for the other. */
type WrittenKind = "recovery" | "card";

const check = async (kind: WrittenKind, secret: Bytes): Promise<bigint> => {
  const [a, b] = await sha256(utf8(`undersigned/v1/${kind}-code\0`), secret);
  return BigInt((a! << 4) | (b! >> 4));
};

/** The recovery code: 28 symbols in seven groups of four. */
export async function recoveryCode(secret: Bytes): Promise<string> {
  let bits = await check("recovery", secret);
  secret.forEach((byte, i) => (bits |= BigInt(byte) << (CHECK_BITS + 8n * BigInt(SECRET_SIZE - 1 - i))));
  const symbols = Array.from({ length: CODE_LENGTH }, (_, i) => SYMBOLS[Number((bits >> (5n * BigInt(CODE_LENGTH - 1 - i))) & 31n)]!);
  return symbols.join("").replace(/.{4}(?=.)/g, "$& ");
}

/** The content of a recovery code's QR code. */
export const qrText = (code: string): string => SCHEME + code.replaceAll(" ", "");

/**
 * Reads the symbols of a code as a person types or pastes them: upper or lower case, with blanks or hyphens anywhere.
 * I and L are read as 1, and O as 0.
 */
export const readSymbols = (typed: string): string =>
  typed
    .replace(/[\s\p{Z}\p{Cf}-]/gu, "")
    .toUpperCase()
    .replace(new RegExp(`^${SCHEME}`), "")
    .replace(/[IL]/g, "1")
    .replace(/O/g, "0");

/** Reads a code of 28 symbols; returns its 16 bytes, or what is wrong with it. */
async function readWritten(kind: WrittenKind, code: string): Promise<Bytes | "Length" | "Wrong"> {
  if (code.length !== CODE_LENGTH) return "Length";
  let bits = 0n;
  for (const symbol of code) {
    const value = SYMBOLS.indexOf(symbol);
    if (value < 0) return "Wrong";
    bits = (bits << 5n) | BigInt(value);
  }
  const secret = Uint8Array.from({ length: SECRET_SIZE }, (_, i) => Number((bits >> (CHECK_BITS + 8n * BigInt(SECRET_SIZE - 1 - i))) & 255n));
  return (bits & ((1n << CHECK_BITS) - 1n)) === (await check(kind, secret)) ? secret : "Wrong";
}

/** Why a recovery code cannot be used; the name of a message. */
export type RecoveryFault = "recoveryLength" | "recoveryWrong";

/** Reads a recovery code as it is typed, pasted or scanned; returns the secret of 16 bytes. */
export async function readRecoveryCode(typed: string): Promise<Bytes | RecoveryFault> {
  const read = await readWritten("recovery", readSymbols(typed));
  return typeof read === "string" ? `recovery${read}` : read;
}

/** Why a card's code cannot be used; the name of a message. */
export type CardFault = "cardLength" | "cardWrong";

/**
 * Reads the code of a card as it is typed or pasted, or the whole address of its QR code as it is scanned; returns its 28
 * symbols.
 */
export async function readCard(typed: string): Promise<{ card: string } | CardFault> {
  const card = readSymbols(typed.slice(typed.indexOf("#") + 1));
  const read = await readWritten("card", card);
  return typeof read === "string" ? `card${read}` : { card };
}
