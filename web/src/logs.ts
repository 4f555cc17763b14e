/**
 * Reads the instance's logs. Verifies that the key which this device saw first signed them, and that they never
 * shrink or fork.
 */
import { base64, equal, type Bytes } from "./bytes";
import { getBytes, getJson, getText } from "./http";
import { cosigners, openNote, parseVerifier, parseWitness, verifier, type Verifier } from "./note";
import * as store from "./store";
import {
  leafHash,
  merkleRoot,
  parseBundle,
  parseCheckpoint,
  TILE_WIDTH,
  tilePath,
  TileTree,
  verifyConsistency,
  verifyInclusion,
  type Checkpoint,
} from "./tlog";

/** A proof failed: the message names it, and the person must not sign anything. */
export class ProofFailed extends Error {
  override readonly name = "ProofFailed";
}

/** Runs `work`; an error of a check, unlike one of the network, becomes a failed proof of `what`. */
export async function asProofFailure<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (e) {
    if (!(e instanceof Error) || e.name !== "Error") throw e; // each error that is no check's has a name of its own
    throw new ProofFailed(`${what}: ${e.message}`);
  }
}

/** The witnesses must not confirm less than this: `quorum` of them must have cosigned a checkpoint. */
export interface WitnessPolicy {
  vkeys: string[];
  witnesses: Verifier[];
  quorum: number;
}

export interface Instance {
  host: string;
  register: Verifier;
  vkey: string;
  policy: WitnessPolicy;
  /** The policy that this device knew before, or the same. */
  pinnedPolicy: WitnessPolicy;
}

/** Too few witnesses have confirmed a log's newest checkpoint: nothing may be signed under it. */
export class NotWitnessed extends Error {
  override readonly name = "NotWitnessed";
}

/** @throws Error if a key is malformed, or the quorum is not 0 to the number of witnesses */
export async function parsePolicy(vkeys: unknown, quorum: unknown): Promise<WitnessPolicy> {
  const keys = (Array.isArray(vkeys) ? vkeys : []).map(String).sort();
  const most = Number.isSafeInteger(quorum) ? (quorum as number) : -1;
  if (most < 0 || most > keys.length) throw new Error("the quorum is not a number of witnesses");
  // a witness with a key of another type confirms to other clients
  const witnesses = await Promise.all(keys.map((vkey) => parseWitness(vkey).catch(() => undefined)));
  return { vkeys: keys, witnesses: witnesses.filter((one) => one !== undefined), quorum: most };
}

/** True if both name the same witnesses and the same quorum. */
export const samePolicy = (a: WitnessPolicy, b: WitnessPolicy): boolean =>
  a.quorum === b.quorum && a.vkeys.join("\n") === b.vkeys.join("\n");

let loaded: Promise<Instance> | undefined;

/** Like {@link readInstance}, once a page: a request at the moment of signing would tell the server of it. */
export function loadInstance(): Promise<Instance> {
  loaded ??= readInstance().catch((e: unknown) => {
    loaded = undefined;
    throw e;
  });
  return loaded;
}

/**
 * Returns the instance's name, keys and witnesses. Stores them when first seen; later throws if the key is another.
 * The witnesses may change, if those that this device knew confirm it (see {@link openCosigned}).
 */
async function readInstance(): Promise<Instance> {
  const json = (await getJson("/.well-known/undersigned.json")) as Record<string, unknown>;
  return asProofFailure("register key", async () => {
    const host = String(json.host);
    const vkey = String(json.register_key);
    const register = await parseVerifier(vkey);
    if (register.name !== `${host}/register`) throw new Error("the key's name is not <host>/register");
    const policy = await parsePolicy(json.witnesses, json.quorum);
    const pinned = await store.pin();
    if (pinned !== undefined && pinned.vkey !== vkey) { // the name is part of the key
      throw new Error("the key differs from the one this device stored first");
    }
    const pinnedPolicy = pinned === undefined ? policy : await parsePolicy(pinned.witnesses, pinned.quorum);
    const of = { host, register, vkey, policy, pinnedPolicy };
    if (pinned === undefined) await pinPolicy(of);
    return of;
  });
}

/** From now on this device requires the witnesses that the instance names now. */
export async function pinPolicy({ vkey, policy }: Instance): Promise<void> {
  await store.setPin({ vkey, witnesses: policy.vkeys, quorum: policy.quorum });
}

/** Looks for a cosignature so many times: it arrives a moment after the checkpoint. */
const LOOKS = 5;
const PAUSE_MS = 1_000;

/**
 * Reads a log's newest checkpoint that enough witnesses have cosigned, by the policy of the instance and by the one
 * that this device knew before.
 *
 * @throws NotWitnessed if they have not, after some seconds
 */
export async function openCosigned(of: Instance, log: Log): Promise<{ note: string; text: string }> {
  for (let look = 1; ; look++) {
    const note = await getText(`${log.path}checkpoint`);
    const isCosigned = await asProofFailure(log.origin, async () => {
      for (const { witnesses, quorum } of [of.policy, of.pinnedPolicy]) {
        if ((await cosigners(note, witnesses)).size < quorum) return false;
      }
      return true;
    });
    if (isCosigned) return { note, text: await openLog(of, log, note) };
    if (look === LOOKS) throw new NotWitnessed(log.origin);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

const openLog = (of: Instance, log: Log, note: string): Promise<string> =>
  asProofFailure(log.origin, async () => openNote(note, await verifier(log.origin, of.register.publicKey)));

export interface Log {
  origin: string;
  path: string;
}

export const registerLog = (of: Instance): Log => ({ origin: `${of.host}/register`, path: "/log/register/" });
export const ledgerLog = (of: Instance): Log => ({ origin: `${of.host}/ledger`, path: "/log/ledger/" });
export const boxLog = (of: Instance, box: string): Log => ({
  origin: `${of.host}/box/${box}`,
  path: `/log/box/${box}/`,
});

/** Verifies a checkpoint's signature, and that it is consistent with the newest checkpoint this device has seen. */
export async function verifyCheckpoint(of: Instance, log: Log, note: string): Promise<Checkpoint> {
  return asProofFailure(log.origin, async () => {
    const text = await openLog(of, log, note);
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

/** A verified checkpoint and the signed note that it comes from. */
export interface SignedCheckpoint extends Checkpoint {
  note: string;
}

export async function newestCheckpoint(of: Instance, log: Log): Promise<SignedCheckpoint> {
  const note = await getText(`${log.path}checkpoint`);
  return { ...(await verifyCheckpoint(of, log, note)), note };
}

const tree = (log: Log, checkpoint: Checkpoint): TileTree =>
  new TileTree((path) => getBytes(`${log.path}tile/${path}`), checkpoint.size);

/** Returns the index of `leaf`, verified against `checkpoint`; undefined while the leaf is not in the log. */
export async function locate(log: Log, checkpoint: Checkpoint, leaf: Bytes, from: number): Promise<number | undefined> {
  const tiles = tree(log, checkpoint);
  return verified(log, tiles, checkpoint, leaf, await tiles.find(leaf, from));
}

/** Like {@link locate}, but looks from the end of the log. */
export async function locateLast(log: Log, checkpoint: Checkpoint, leaf: Bytes): Promise<number | undefined> {
  const tiles = tree(log, checkpoint);
  return verified(log, tiles, checkpoint, leaf, await tiles.findLast(leaf));
}

async function verified(
  log: Log,
  tiles: TileTree,
  checkpoint: Checkpoint,
  leaf: Bytes,
  index: number | undefined,
): Promise<number | undefined> {
  if (index === undefined) return undefined;
  if (!(await verifyInclusion(leaf, index, checkpoint.size, await tiles.inclusion(index), checkpoint.root))) {
    throw new ProofFailed(`${log.origin}: leaf ${index} (${base64(leaf)}) is not under the checkpoint`);
  }
  return index;
}

/**
 * Passes every leaf of a log to `visit`. Reads the whole log, so that nobody learns which leaf is looked for.
 *
 * @throws ProofFailed after the last leaf, if these are not the leaves under the checkpoint
 */
export async function visitLeaves(log: Log, checkpoint: Checkpoint, visit: (leaf: Bytes, index: number) => void): Promise<void> {
  await asProofFailure(log.origin, async () => {
    const roots: Bytes[] = [];
    for (let first = 0; first < checkpoint.size; first += TILE_WIDTH) {
      const width = Math.min(TILE_WIDTH, checkpoint.size - first);
      const leaves = parseBundle(await getBytes(`${log.path}tile/${tilePath("entries", first / TILE_WIDTH, width)}`));
      if (leaves.length !== width) throw new Error(`bundle ${first / TILE_WIDTH} has ${leaves.length} leaves`);
      roots.push(await merkleRoot(await Promise.all(leaves.map(leafHash))));
      leaves.forEach((leaf, i) => visit(leaf, first + i));
    }
    if (!equal(await merkleRoot(roots), checkpoint.root)) throw new Error("the leaves are not under the checkpoint");
  });
}
