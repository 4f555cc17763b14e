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

const ED25519 = 1;
const COSIGNATURE = 4;

async function keyId(name: string, type: number, publicKey: Bytes): Promise<Bytes> {
  return (await sha256(utf8(`${name}\n`), Uint8Array.of(type), publicKey)).slice(0, 4);
}

export const verifier = async (name: string, publicKey: Bytes): Promise<Verifier> => ({
  name,
  keyId: await keyId(name, ED25519, publicKey),
  publicKey,
});

/** Parses `name+id+base64`. @throws Error if it is malformed, or the id is not the hash of name and key */
export const parseVerifier = (vkey: string): Promise<Verifier> => parseKey(vkey, ED25519);

/** The key of a witness (c2sp.org/tlog-cosignature). @throws Error like {@link parseVerifier} */
export const parseWitness = (vkey: string): Promise<Verifier> => parseKey(vkey, COSIGNATURE);

async function parseKey(vkey: string, type: number): Promise<Verifier> {
  const match = /^([^+\s]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey);
  if (!match) throw new Error("not a verifier key");
  const key = unbase64(match[3]!, 33);
  if (key[0] !== type) throw new Error("not a key of this type");
  const [name, publicKey] = [match[1]!, key.slice(1)];
  const result = { name, keyId: await keyId(name, type, publicKey), publicKey };
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

/**
 * The names of the witnesses that cosigned the note, each once: cosignature/v1 over its text.
 *
 * @throws Error if the note is malformed, or a cosignature in the name of a witness is wrong
 */
export async function cosigners(note: string, witnesses: Verifier[]): Promise<Set<string>> {
  const { text, signatures } = parseNote(note);
  const names = new Set<string>();
  for (const { name, keyId: id, signature } of signatures) {
    const witness = witnesses.find((one) => one.name === name && equal(one.keyId, id));
    if (witness === undefined) continue;
    const time = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
    const message = utf8(`cosignature/v1\ntime ${time}\n${text}`);
    if (signature.length !== 72 || !(await verify(witness.publicKey, signature.slice(8), message))) {
      throw new Error(`the cosignature of ${name} is wrong`);
    }
    names.add(name);
  }
  return names;
}
