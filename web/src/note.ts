/** Signed notes and their Ed25519 verifier keys (c2sp.org/signed-note). */
import { equal, unbase64, utf8, type Bytes } from "./bytes";
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
  if (!match) throw new Error("a verifier key must be name+id+base64");
  const key = unbase64(match[3]!);
  if (key[0] !== type) throw new Error(`not a verifier key of type 0x0${type}`);
  if (key.length !== 33) throw new Error(`a key of type ${type} must have 32 bytes`);
  const [name, publicKey] = [match[1]!, key.slice(1)];
  const result = { name, keyId: await keyId(name, type, publicKey), publicKey };
  if (!equal(result.keyId, Uint8Array.from(match[2]!.match(/../g)!, (pair) => parseInt(pair, 16)))) {
    throw new Error("the key id does not match the key");
  }
  return result;
}

const MAX_NOTE = 1 << 20;
const MAX_SIGNATURES = 100;

/** @throws Error if the note is malformed */
export function parseNote(note: string): Note {
  if (note.length > MAX_NOTE) throw new Error("a note must have at most 1 MiB");
  const end = note.lastIndexOf("\n\n");
  if (end < 0) throw new Error("a note must have an empty line before its signatures");
  const text = note.slice(0, end + 1);
  if (/[\u0000-\u0009\u000b-\u001f]/.test(text)) throw new Error("a note must not contain control characters other than newlines");
  if (!note.endsWith("\n")) throw new Error("the last signature line has no newline");
  const lines = note.slice(end + 2, -1).split("\n");
  if (end + 2 === note.length || lines.length > MAX_SIGNATURES) throw new Error("a note must have 1 to 100 signatures");
  const signatures = lines.map((line) => {
    const match = /^\u2014 ([^+\s]+) ([^ ]*)$/.exec(line);
    if (!match) throw new Error('a signature line must be "\u2014 name base64"');
    const blob = unbase64(match[2]!);
    if (blob.length < 5) throw new Error("a signature must be canonical base64 of more than 4 bytes");
    return { name: match[1]!, keyId: blob.slice(0, 4), signature: blob.slice(4) };
  });
  return { text, signatures };
}

const claimedBy = ({ signatures }: Note, key: Verifier): Bytes[] =>
  signatures.filter((one) => one.name === key.name && equal(one.keyId, key.keyId)).map(({ signature }) => signature);

/** Undefined if no signature has the name and id of the key; true if all that have them verify. */
async function allVerify(claimed: Bytes[], check: (signature: Bytes) => Promise<boolean>): Promise<boolean | undefined> {
  for (const signature of claimed) if (!(await check(signature))) return false;
  return claimed.length === 0 ? undefined : true;
}

/** True if `key` signed the note; false also if any signature under its name and id is wrong. */
export const isSigned = async (note: Note, key: Verifier): Promise<boolean> =>
  (await allVerify(claimedBy(note, key), (signature) => verify(key.publicKey, signature, utf8(note.text)))) === true;

const verifyCosignature = (note: Note, witness: Verifier): Promise<boolean | undefined> =>
  allVerify(claimedBy(note, witness), async (signature) => {
    if (signature.length !== 72 || signature[0]! > 127) return false; // the time is a positive number
    const time = new DataView(signature.buffer, signature.byteOffset).getBigInt64(0);
    return verify(witness.publicKey, signature.slice(8), utf8(`cosignature/v1\ntime ${time}\n${note.text}`));
  });

/** True if `witness` cosigned the note: cosignature/v1 over its text; false also if any cosignature under its name and id is wrong. */
export const isCosigned = async (note: Note, witness: Verifier): Promise<boolean> => (await verifyCosignature(note, witness)) === true;

/**
 * Returns the signed text.
 *
 * @throws Error if `key` did not sign it, or a signature under its name and id is wrong
 */
export async function openNote(note: string, key: Verifier): Promise<string> {
  const parsed = parseNote(note);
  if (claimedBy(parsed, key).length === 0) throw new Error(`not signed by ${key.name}`);
  if (!(await isSigned(parsed, key))) throw new Error("wrong signature");
  return parsed.text;
}

/**
 * The names of the witnesses that cosigned the note, each once.
 *
 * @throws Error if the note is malformed, or a cosignature in the name of a witness is wrong
 */
export async function cosigners(note: string, witnesses: Verifier[]): Promise<Set<string>> {
  const parsed = parseNote(note);
  const names = new Set<string>();
  for (const witness of witnesses) {
    const verified = await verifyCosignature(parsed, witness);
    if (verified === false) throw new Error(`the cosignature of ${witness.name} is wrong`);
    if (verified) names.add(witness.name);
  }
  return names;
}
