/** Signed notes and their Ed25519 verifier keys (c2sp.org/signed-note). */
import { concat, equal, unbase64, utf8, type Bytes } from "./bytes";
import { sha256, verify } from "./crypto";

export interface Verifier {
  name: string;
  keyId: Bytes;
  publicKey: Bytes;
}

export interface Note {
  text: string;
  signatures: { name: string; keyId: Bytes; signature: Bytes }[];
}

async function keyId(name: string, publicKey: Bytes): Promise<Bytes> {
  return (await sha256(utf8(`${name}\n`), Uint8Array.of(1), publicKey)).slice(0, 4);
}

export const verifier = async (name: string, publicKey: Bytes): Promise<Verifier> => ({
  name,
  keyId: await keyId(name, publicKey),
  publicKey,
});

/** Parses `name+id+base64`. @throws Error if it is malformed, or the id is not the hash of name and key */
export async function parseVerifier(vkey: string): Promise<Verifier> {
  const match = /^([^+\s]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey);
  if (!match) throw new Error("not a verifier key");
  const key = unbase64(match[3]!, 33);
  if (key[0] !== 1) throw new Error("not an Ed25519 key");
  const result = await verifier(match[1]!, key.slice(1));
  if (!equal(result.keyId, Uint8Array.from(match[2]!.match(/../g)!, (pair) => parseInt(pair, 16)))) {
    throw new Error("the key id does not match the key");
  }
  return result;
}

/** @throws Error if the note is malformed */
export function parseNote(note: string): Note {
  const end = note.lastIndexOf("\n\n");
  if (end < 0 || !note.endsWith("\n") || note.length > 1 << 20) throw new Error("not a signed note");
  const lines = note.slice(end + 2, -1).split("\n");
  const signatures = lines.map((line) => {
    const match = /^\u2014 ([^+\s]+) ([A-Za-z0-9+/=]+)$/.exec(line);
    if (!match) throw new Error("not a signature line");
    const blob = unbase64(match[2]!);
    if (blob.length < 5) throw new Error("a signature is too short");
    return { name: match[1]!, keyId: blob.slice(0, 4), signature: blob.slice(4) };
  });
  return { text: note.slice(0, end + 1), signatures };
}

/**
 * Returns the signed text.
 *
 * @throws Error if `key` did not sign it, or a signature under its name and id is wrong
 */
export async function openNote(note: string, key: Verifier): Promise<string> {
  const parsed = parseNote(note);
  const own = parsed.signatures.filter((s) => s.name === key.name && equal(s.keyId, key.keyId));
  if (own.length === 0) throw new Error(`not signed by ${key.name}`);
  for (const { signature } of own) {
    if (!(await verify(key.publicKey, signature, concat(utf8(parsed.text))))) throw new Error("wrong signature");
  }
  return parsed.text;
}
