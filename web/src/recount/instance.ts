/** The identity of a site, from its `/.well-known/undersigned.json`, without anything that this device knew before. */
import type { Bytes } from "../bytes";
import { parseVerifier, verifier, type Verifier } from "../note";
import { Fields, parseJson } from "./fields";
import { parsePolicy, type WitnessPolicy } from "./witnesspolicy";

export const INSTANCE_PATH = "/.well-known/undersigned.json";
const FOLDER = /^\/([A-Za-z0-9_~-][A-Za-z0-9._~-]*\/){1,8}$/;
const MOST_WITNESSES = 64;

export interface Instance {
  host: string;
  vkey: string;
  registerKey: Verifier;
  ledgerKey: Verifier;
  registerPath: string;
  ledgerPath: string;
  policy: WitnessPolicy;
}

/** Parses the file and ignores unknown fields. @throws Error if it is not a version 1 file */
export async function parseInstance(bytes: Bytes): Promise<Instance> {
  const fields = new Fields(parseJson(bytes), "undersigned.json");
  if (fields.integer("v", 1) !== 1) throw fields.wrong("v", "is not 1");
  const host = fields.text("host");
  const vkey = fields.text("register_key");
  const registerKey = await parseVerifier(vkey);
  const registerPath = fields.text("register");
  const ledgerPath = fields.text("ledger");
  const policy = await parsePolicy(fields.texts("witnesses", MOST_WITNESSES), fields.integer("quorum", 0));
  if (registerKey.name !== `${host}/register`) throw new Error(`register_key has the name ${registerKey.name}, not ${host}/register`);
  if (!FOLDER.test(registerPath)) throw new Error("register is not a plain path ending in /");
  if (!FOLDER.test(ledgerPath)) throw new Error("ledger is not a plain path ending in /");
  const ledgerKey = await verifier(`${host}/ledger`, registerKey.publicKey);
  return { host, vkey, registerKey, ledgerKey, registerPath, ledgerPath, policy };
}

/** The verifier of a box's checkpoints. */
export const boxKey = ({ host, registerKey }: Instance, box: string): Promise<Verifier> =>
  verifier(`${host}/box/${box}`, registerKey.publicKey);

/** The path of a box's checkpoint and tiles. */
export const boxPath = (box: string): string => `/log/box/${box}/`;
