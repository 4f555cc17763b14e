/**
 * Reads the instance's logs. Verifies that the key which this device saw first signed them, and that they never
 * shrink or fork.
 */
import { base64, equal, type Bytes } from "./bytes";
import { getBytes, getJson, getText } from "./http";
import { openNote, parseVerifier, verifier, type Verifier } from "./note";
import * as store from "./store";
import { parseCheckpoint, TileTree, verifyConsistency, verifyInclusion, type Checkpoint } from "./tlog";

/** A proof failed: the message names it, and the person must not sign anything. */
export class ProofFailed extends Error {}

export async function asProofFailure<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (e) {
    if (e instanceof ProofFailed || !(e instanceof Error) || e.name !== "Error") throw e;
    throw new ProofFailed(`${what}: ${e.message}`);
  }
}

export interface Instance {
  host: string;
  register: Verifier;
}

/**
 * Returns the instance's host and register key. Stores the key when first seen; later throws if the key is another.
 */
export async function loadInstance(): Promise<Instance> {
  const json = (await getJson("/.well-known/undersigned.json")) as { host?: unknown; register_key?: unknown };
  return asProofFailure("register key", async () => {
    const host = String(json.host);
    const vkey = String(json.register_key);
    const register = await parseVerifier(vkey);
    if (register.name !== `${host}/register`) throw new Error("the key's name is not <host>/register");
    const pinned = await store.pinnedKey(host);
    if (pinned === undefined) await store.setPinnedKey(host, vkey);
    else if (pinned !== vkey) throw new Error("the key differs from the one this device stored first");
    return { host, register };
  });
}

export interface Log {
  origin: string;
  path: string;
}

export const registerLog = (of: Instance): Log => ({ origin: `${of.host}/register`, path: "/log/register/" });
export const boxLog = (of: Instance, box: string): Log => ({
  origin: `${of.host}/box/${box}`,
  path: `/log/box/${box}/`,
});

/** Verifies a checkpoint's signature, and that it is consistent with the newest checkpoint this device has seen. */
export async function verifyCheckpoint(of: Instance, log: Log, note: string): Promise<Checkpoint> {
  return asProofFailure(log.origin, async () => {
    const text = await openNote(note, await verifier(log.origin, of.register.publicKey));
    const checkpoint = parseCheckpoint(text, log.origin);
    const before = await store.newestSeen(log.origin);
    if (before !== undefined && before.size >= checkpoint.size) {
      if (before.size > checkpoint.size) return acceptOlder(log, before, checkpoint);
      if (!equal(before.root, checkpoint.root)) throw new Error("the log has two histories");
      return checkpoint;
    }
    if (before !== undefined) {
      const proof = await tree(log, checkpoint).consistency(before.size);
      if (!(await verifyConsistency(before, checkpoint, proof))) throw new Error("the log has two histories");
    }
    await store.setNewestSeen({ origin: log.origin, size: checkpoint.size, root: checkpoint.root });
    return checkpoint;
  });
}

/** Accepts a checkpoint that is older than the newest seen, if it is of the same history. @throws Error if not */
async function acceptOlder(log: Log, seen: Checkpoint, checkpoint: Checkpoint): Promise<Checkpoint> {
  const proof = await tree(log, seen).consistency(checkpoint.size);
  if (!(await verifyConsistency(checkpoint, seen, proof))) throw new Error("the log has two histories");
  return checkpoint;
}

export const newestCheckpoint = async (of: Instance, log: Log): Promise<Checkpoint> =>
  verifyCheckpoint(of, log, await getText(`${log.path}checkpoint`));

const tree = (log: Log, checkpoint: Checkpoint): TileTree =>
  new TileTree((path) => getBytes(`${log.path}tile/${path}`), checkpoint.size);

/** Returns the index of `leaf`, verified against `checkpoint`; undefined while the leaf is not in the log. */
export async function locate(
  log: Log,
  checkpoint: Checkpoint,
  leaf: Bytes,
  from: number,
): Promise<number | undefined> {
  const tiles = tree(log, checkpoint);
  const index = await tiles.find(leaf, from);
  if (index === undefined) return undefined;
  if (!(await verifyInclusion(leaf, index, checkpoint.size, await tiles.inclusion(index), checkpoint.root))) {
    throw new ProofFailed(`${log.origin}: leaf ${index} (${base64(leaf)}) is not under the checkpoint`);
  }
  return index;
}
