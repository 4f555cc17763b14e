/**
 * Oblivious HTTP (RFC 9458) with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and AES-128-GCM, and binary messages of known
 * length (RFC 9292): the client's side.
 */
import { concat, equal, u16, unhex, utf8, type Bytes } from "./bytes";

/** A sealed request, and the secret with which its response opens. */
export interface Sealed {
  request: Bytes;
  secret: Bytes;
}

const ALGORITHMS = unhex("00010001");
const CONFIG_SIZE = 41;
const ENCAPSULATED = { from: 7, to: 39 };
const NONCE_SIZE = 16;

/** The header of a request to the gateway with this key configuration. @throws Error if it is for other algorithms */
function header(config: Bytes): Bytes {
  const isSupported = config.length === CONFIG_SIZE && equal(config.slice(1, 3), u16(0x20)) && equal(config.slice(35, 37), u16(4));
  if (!isSupported || !equal(config.slice(37), ALGORITHMS)) throw new Error("the gateway's key is of another kind");
  return concat(config.slice(0, 3), ALGORITHMS);
}

async function hmac(key: Bytes, ...parts: Uint8Array[]): Promise<Bytes> {
  const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, concat(...parts)));
}

/** HKDF-Extract (RFC 5869); no salt is one of zeros. */
const extract = (salt: Bytes, ...input: Uint8Array[]): Promise<Bytes> => hmac(salt.length > 0 ? salt : new Uint8Array(HASH), ...input);
/** HKDF-Expand (RFC 5869) to at most 32 bytes. */
const expand = async (key: Bytes, length: number, ...info: Uint8Array[]): Promise<Bytes> =>
  (await hmac(key, ...info, Uint8Array.of(1))).slice(0, length);

/** LabeledExtract and LabeledExpand (RFC 9180 §4) of one suite. */
class Labeled {
  constructor(private readonly suite: Bytes) {}

  extract(salt: Bytes, label: string, input: Bytes): Promise<Bytes> {
    return extract(salt, utf8("HPKE-v1"), this.suite, utf8(label), input);
  }

  expand(key: Bytes, label: string, info: Bytes, length: number): Promise<Bytes> {
    return expand(key, length, u16(length), utf8("HPKE-v1"), this.suite, utf8(label), info);
  }
}

const HASH = 32;
const NOTHING = new Uint8Array(0);
const KEM = new Labeled(concat(utf8("KEM"), u16(0x20)));
const HPKE = new Labeled(concat(utf8("HPKE"), u16(0x20), u16(1), u16(1)));

const newKeyPair = (): Promise<CryptoKeyPair> =>
  crypto.subtle.generateKey("X25519", true, ["deriveBits"]) as Promise<CryptoKeyPair>;

/** What both sides derive: SetupBaseS (RFC 9180 §5.1.1), with `ephemeral` as the key pair of the sender. */
async function setup(recipient: Bytes, info: Bytes, ephemeral: CryptoKeyPair): Promise<{ enc: Bytes; key: Bytes; nonce: Bytes; exporter: Bytes }> {
  const enc = new Uint8Array(await crypto.subtle.exportKey("raw", ephemeral.publicKey));
  const theirs = await crypto.subtle.importKey("raw", recipient, "X25519", false, []);
  const dh = new Uint8Array(await crypto.subtle.deriveBits({ name: "X25519", public: theirs }, ephemeral.privateKey, 8 * HASH));
  const shared = await KEM.expand(await KEM.extract(NOTHING, "eae_prk", dh), "shared_secret", concat(enc, recipient), HASH);
  const hashes = [await HPKE.extract(NOTHING, "psk_id_hash", NOTHING), await HPKE.extract(NOTHING, "info_hash", info)];
  const context = concat(Uint8Array.of(0), ...hashes);
  const secret = await HPKE.extract(shared, "secret", NOTHING);
  const [key, nonce] = [await HPKE.expand(secret, "key", context, 16), await HPKE.expand(secret, "base_nonce", context, 12)];
  return { enc, key, nonce, exporter: await HPKE.expand(secret, "exp", context, HASH) };
}

const aes = (key: Bytes, usage: "encrypt" | "decrypt"): Promise<CryptoKey> => crypto.subtle.importKey("raw", key, "AES-GCM", false, [usage]);

/**
 * Seals a binary request to a gateway.
 *
 * @param config    its key configuration (RFC 9458 §3.1)
 * @param ephemeral a key pair for this request only
 */
export async function seal(config: Bytes, request: Bytes, ephemeral?: CryptoKeyPair): Promise<Sealed> {
  const head = header(config);
  const info = concat(utf8("message/bhttp request"), Uint8Array.of(0), head);
  const { enc, key, nonce, exporter } = await setup(config.slice(3, 35), info, ephemeral ?? (await newKeyPair()));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, await aes(key, "encrypt"), request);
  const secret = await HPKE.expand(exporter, "sec", utf8("message/bhttp response"), NONCE_SIZE);
  return { request: concat(head, enc, new Uint8Array(sealed)), secret };
}

/** Opens the response to a sealed request. @throws Error if it is the response to another request, or was changed */
export async function open({ request, secret }: Sealed, response: Bytes): Promise<Bytes> {
  const enc = request.slice(ENCAPSULATED.from, ENCAPSULATED.to);
  const prk = await extract(concat(enc, response.slice(0, NONCE_SIZE)), secret);
  const key = await aes(await expand(prk, 16, utf8("key")), "decrypt");
  try {
    const iv = await expand(prk, 12, utf8("nonce"));
    return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, response.slice(NONCE_SIZE)));
  } catch {
    throw new Error("the response does not open");
  }
}

/** A length as a variable-length integer (RFC 9000 §16) of one or two bytes. */
const number = (n: number): Bytes => (n < 64 ? Uint8Array.of(n) : u16(0x4000 | n));
const counted = (bytes: Bytes): Bytes => concat(number(bytes.length), bytes);

/** A binary POST request without fields, with zeros up to `size` bytes. */
export function binaryRequest(authority: string, path: string, content: Bytes, size: number): Bytes {
  const parts = ["POST", "https", authority, path].map((part) => counted(utf8(part)));
  const request = concat(number(0), ...parts, number(0), counted(content));
  if (request.length > size) throw new Error("the request is too long");
  return concat(request, new Uint8Array(size - request.length));
}

/** Reads a binary response. @throws Error if it is none without fields */
export function parseResponse(bytes: Bytes): { status: number; content: Bytes } {
  let at = 0;
  const read = (): number => {
    if (at >= bytes.length) return 0; // empty parts at the end may be left out
    const [first = 0, second = 0] = bytes.slice(at, at + 2);
    if (first >= 0x80) throw new Error("the response is malformed");
    at += first < 0x40 ? 1 : 2;
    return first < 0x40 ? first : ((first & 0x3f) << 8) | second;
  };
  const framing = read();
  const status = read();
  const fields = read();
  const length = read();
  if (framing !== 1 || fields !== 0 || at + length > bytes.length) throw new Error("the response is malformed");
  return { status, content: bytes.slice(at, at + length) };
}

/** True if this browser has X25519. */
export async function isSupported(): Promise<boolean> {
  try {
    await newKeyPair();
    return true;
  } catch {
    return false;
  }
}
