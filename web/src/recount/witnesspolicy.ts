/** The witnesses of an instance's logs, and how many of them must have cosigned (PROTOCOL §8; c2sp.org/tlog-policy). */
import { hex, unbase64, utf8 } from "../bytes";
import { sha256 } from "../crypto";
import { parseWitness, type Verifier } from "../note";

/** A witness's key: `verifier` is undefined if this program cannot verify its cosignatures (ML-DSA-44). */
export interface Witness {
  name: string;
  vkey: string;
  verifier: Verifier | undefined;
}

export interface WitnessPolicy {
  /** Sorted by their keys. */
  witnesses: Witness[];
  quorum: number;
}

export const NO_WITNESSES: WitnessPolicy = { witnesses: [], quorum: 0 };

const ML_DSA_44 = 6;
const ML_DSA_44_SIZE = 1312;

/** The base64 of a verifier key: base64 has plus signs too. */
const keyOf = (vkey: string): string => vkey.slice(vkey.indexOf("+", vkey.indexOf("+") + 1) + 1);

/** A key of type 0x06, ML-DSA-44: WebCrypto does not have it, so it is only parsed. Undefined for a key of another type. */
async function parseMlDsa44(vkey: string): Promise<Witness | undefined> {
  const match = /^([^+\s]+)\+([0-9a-f]{8})\+/.exec(vkey);
  if (match === null || vkey.length < ML_DSA_44_SIZE) return undefined;
  const key = unbase64(keyOf(vkey));
  if (key[0] !== ML_DSA_44) return undefined;
  if (key.length !== ML_DSA_44_SIZE + 1) throw new Error(`a key of type ${ML_DSA_44} must have ${ML_DSA_44_SIZE} bytes`);
  const id = hex((await sha256(utf8(`${match[1]!}\n`), key)).subarray(0, 4));
  if (id !== match[2]) throw new Error("the key id does not match the key");
  return { name: match[1]!, vkey, verifier: undefined };
}

async function parseEd25519(vkey: string): Promise<Witness> {
  const verifier = await parseWitness(vkey);
  return { name: verifier.name, vkey, verifier };
}

/** @throws Error if a key is malformed, two witnesses share one, or the quorum is more than the witnesses */
export async function parsePolicy(vkeys: string[], quorum: number): Promise<WitnessPolicy> {
  const witnesses: Witness[] = [];
  for (const vkey of vkeys) witnesses.push((await parseMlDsa44(vkey)) ?? (await parseEd25519(vkey)));
  witnesses.sort((a, b) => (a.vkey < b.vkey ? -1 : 1));
  const names = new Set(witnesses.map(({ name }) => name)).size;
  if (quorum > names) throw new Error(`the quorum is ${quorum}, but there are only ${names} witnesses`);
  const keys = witnesses.map(({ vkey }) => keyOf(vkey));
  if (new Set(keys).size !== keys.length) throw new Error("two witnesses share a key");
  return { witnesses, quorum };
}

/** True if both name the same witnesses and the same quorum. */
export const samePolicy = (a: WitnessPolicy, b: WitnessPolicy): boolean =>
  a.quorum === b.quorum && a.witnesses.map(({ vkey }) => vkey).join("\n") === b.witnesses.map(({ vkey }) => vkey).join("\n");

/** For example `2 of one.example/witness, two.example/witness`. */
export const describePolicy = ({ witnesses, quorum }: WitnessPolicy): string =>
  witnesses.length === 0 ? "no witnesses" : `${quorum} of ${witnesses.map(({ name }) => name).join(", ")}`;
