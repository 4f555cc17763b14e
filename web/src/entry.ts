/** Builds the bytes of entries and withdrawals (PROTOCOL §5, §7). */
import { base64url, concat, equal, u16, utf8, type Bytes } from "./bytes";
import { random, sha256, sign, verify } from "./crypto";
import { canonical } from "./manifest";

export const ENTRY_SIZE = 484;
export const WITHDRAWAL_SIZE = 129;
export const CAST_SIZE = 1024;
export const MAX_STATEMENT = 480;

/**
 * Characters that a page would interpret instead of show: controls, line and paragraph separators, lone surrogates,
 * and direction overrides. A box refuses all of them, except line feeds in a comment.
 */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu;

const withoutControls = (line: string): string => line.replace(CONTROLS, " ").trim();

/** Returns name and comment with a salt that protects the log's hash from guessing; empty if both are blank. */
export function statement(name: string, comment: string): Bytes {
  const members: Record<string, string> = {};
  const shown = withoutControls(name);
  const lines = comment.split(/\r\n?|\n/).map(withoutControls).join("\n").trim();
  if (shown !== "") members.name = shown;
  if (lines !== "") members.comment = lines;
  if (shown === "" && lines === "") return new Uint8Array(0);
  return utf8(canonical({ ...members, salt: base64url(random(16)) }));
}

/** Returns 484 bytes. `affiliation` is 0 for "not said", else the index in the manifest's list plus 1. */
export async function entry(
  token: Bytes,
  keys: { seed: Bytes; publicKey: Bytes },
  affiliation: number,
  statementBytes: Bytes,
): Promise<Bytes> {
  const statementHash = statementBytes.length === 0 ? new Uint8Array(32) : await sha256(statementBytes);
  const body = concat(Uint8Array.of(1), token, keys.publicKey, Uint8Array.of(affiliation), statementHash);
  return concat(body, await sign(keys.seed, concat(utf8("undersigned/v1/entry\0"), body)));
}

/** Returns 1024 bytes, for a statement of any length. */
export function pad(of: Bytes, statementBytes: Bytes): Bytes {
  if (of.length !== ENTRY_SIZE) throw new Error(`an entry must have ${ENTRY_SIZE} bytes`);
  if (statementBytes.length > MAX_STATEMENT) throw new Error(`a statement must have at most ${MAX_STATEMENT} bytes`);
  const padded = new Uint8Array(CAST_SIZE);
  padded.set(concat(of, u16(statementBytes.length), statementBytes));
  return padded;
}

/** Returns 129 bytes. */
export async function withdrawal(
  origin: string,
  nonce: Bytes,
  keys: { seed: Bytes; publicKey: Bytes },
): Promise<Bytes> {
  const message = concat(utf8(`undersigned/v1/withdrawal\0${origin}\0`), nonce);
  return concat(Uint8Array.of(2), nonce, keys.publicKey, await sign(keys.seed, message));
}

/** True if the leaf is an entry or a withdrawal that the holder of the key signed. */
export function isSignedBy(leaf: Bytes, kind: "entry" | "withdrawal", publicKey: Bytes, origin: string): Promise<boolean> {
  const at = kind === "entry" ? 355 : 33;
  const end = leaf.length - 64;
  const message =
    kind === "entry"
      ? concat(utf8("undersigned/v1/entry\0"), leaf.subarray(0, end))
      : concat(utf8(`undersigned/v1/withdrawal\0${origin}\0`), leaf.subarray(1, 33));
  const isSame = equal(leaf.subarray(at, at + 32), publicKey);
  return isSame ? verify(publicKey, leaf.slice(end), message) : Promise.resolve(false);
}

/** Returns the kind and the nonce (32 bytes) of a box's leaf; undefined if it is neither entry nor withdrawal. */
export function nonceIn(leaf: Bytes): { kind: "entry" | "withdrawal"; nonce: Bytes } | undefined {
  if (leaf.length === ENTRY_SIZE && leaf[0] === 1) return { kind: "entry", nonce: leaf.subarray(3, 35) };
  if (leaf.length === WITHDRAWAL_SIZE && leaf[0] === 2) return { kind: "withdrawal", nonce: leaf.subarray(1, 33) };
  return undefined;
}
