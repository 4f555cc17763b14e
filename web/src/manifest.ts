/** Parses a box's manifest (PROTOCOL §3) from the register's leaf, and computes the challenge of its tokens. */
import { base64url, concat, equal, fromUtf8, u16, unbase64, unhex, utf8, type Bytes } from "./bytes";
import { sha256 } from "./crypto";

/** A kind of membership, and the id of the key that signs its tokens for one box: the SHA-256 of its SPKI. */
export interface IssuerClass {
  name: string;
  keyId: Bytes;
}

/** An issuer key: SPKI of 342 bytes (RFC 9578 §6.5). */
export interface IssuerKey {
  spki: Bytes;
  keyId: Bytes;
}

export interface Manifest {
  leaf: Bytes;
  box: string;
  path: string;
  textDigest: Bytes;
  campus: string;
  origin: string;
  host: string;
  classes: IssuerClass[];
  affiliations: string[];
  opens: number;
  closes: number;
  challengeDigest: Bytes;
}

// The 81 bytes before and the 5 after the modulus in every issuer key (RFC 9578 §6.5).
const SPKI_HEAD = unhex(
  "30820152303d06092a864886f70d01010a3030a00d300b0609608648016503040202a11a301806092a864886f70d010108300b0609608648" +
    "016503040202a2030201300382010f003082010a0282010100",
);
const SPKI_TAIL = unhex("0203010001");

/** Returns canonical JSON (RFC 8785) of a value whose numbers are integers. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(",")}}`;
  }
  if (typeof value === "number" && !Number.isSafeInteger(value)) throw new Error("numbers must be integers");
  return JSON.stringify(value);
}

type Json = Record<string, unknown>;

function object(value: unknown, name: string): Json {
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new Error(`${name} is not an object`);
  return value as Json;
}

function text(json: Json, name: string): string {
  const value = json[name];
  if (typeof value !== "string") throw new Error(`${name} is not a text`);
  return value;
}

function list(json: Json, name: string): unknown[] {
  const value = json[name];
  if (!Array.isArray(value)) throw new Error(`${name} is not a list`);
  return value;
}

function digest(json: Json, name: string): Bytes {
  const bytes = unhex(text(json, name));
  if (bytes.length !== 32) throw new Error(`${name} is not a SHA-256 digest`);
  return bytes;
}

function time(json: Json, name: string): number {
  const millis = Date.parse(text(json, name));
  if (Number.isNaN(millis)) throw new Error(`${name} is not a time`);
  return millis;
}

/** @throws Error if the leaf is not a manifest in canonical form; the message names the fault */
export async function parseManifest(leaf: Bytes): Promise<Manifest> {
  const source = fromUtf8(leaf);
  const json = object(JSON.parse(source), "manifest");
  if (canonical(json) !== source) throw new Error("the manifest is not canonical");
  if (json.type !== "box.opened" || json.v !== 1) throw new Error("not a manifest of version 1");
  const box = text(json, "box");
  const origin = text(json, "origin");
  const host = origin.slice(0, -`/box/${box}`.length);
  if (!/^[a-z2-7]{26}$/.test(box) || origin !== `${host}/box/${box}` || host === "") throw new Error("wrong origin");
  const classes = list(json, "classes").map((value) => {
    const one = object(value, "class");
    return { name: text(one, "name"), keyId: digest(one, "token_key_id") };
  });
  const challenge = concat(
    u16(2),
    u16(utf8(text(json, "issuer")).length),
    utf8(text(json, "issuer")),
    Uint8Array.of(32),
    await sha256(leaf),
    u16(utf8(host).length),
    utf8(host),
  );
  const subject = object(json.subject, "subject");
  return {
    leaf,
    box,
    path: text(subject, "path"),
    textDigest: digest(subject, "text_sha256"),
    campus: text(json, "campus"),
    origin,
    host,
    classes,
    affiliations: list(json, "affiliations").map(String),
    opens: time(json, "opens"),
    closes: time(json, "closes"),
    challengeDigest: await sha256(challenge),
  };
}

/** @throws Error if it is not an issuer key in base64 */
export async function parseIssuerKey(text: string): Promise<IssuerKey> {
  const spki = unbase64(text, 342);
  if (!equal(spki.subarray(0, 81), SPKI_HEAD) || !equal(spki.subarray(337), SPKI_TAIL)) {
    throw new Error("an issuer key is not RSA-2048 for blind signatures");
  }
  return { spki, keyId: await sha256(spki) };
}

/** Imports a key for RSABSSA-SHA384-PSS by its modulus: WebCrypto does not accept the SPKI of RFC 9578. */
export const importIssuerKey = (key: IssuerKey): Promise<CryptoKey> =>
  crypto.subtle.importKey(
    "jwk",
    { kty: "RSA", alg: "PS384", n: base64url(key.spki.subarray(81, 337)), e: "AQAB" },
    { name: "RSA-PSS", hash: "SHA-384" },
    false,
    ["verify"],
  );
