/** Casts an entry or a withdrawal: makes, stores, sends and finds it in the public log. Each step is repeatable. */
import { base64, equal, type Bytes } from "./bytes";
import { memberClass } from "./book";
import { entry, nonceIn, pad, withdrawal } from "./entry";
import { postBytes } from "./http";
import { asProofFailure, boxLog, locate, newestCheckpoint, visitLeaves, type Instance } from "./logs";
import { parseManifest, type Manifest } from "./manifest";
import { openNote, verifier } from "./note";
import { keysOf, nonceOf, type Keys } from "./secret";
import * as store from "./store";
import { leafHash } from "./tlog";

export type Kind = "entry" | "withdrawal";

async function requireRecord(at: store.BoxKey): Promise<store.BoxRecord> {
  const record = await store.box(at);
  if (record === undefined) throw new Error("no record is stored for this box");
  return record;
}

async function newCasting(request: Bytes, leaf: Bytes, after: number, sendAt: number): Promise<store.Casting> {
  return { request, leafHash: await leafHash(leaf), after, sendAt };
}

/** Adds `changes` to a stored casting. @throws Error if another tab deleted or replaced it meanwhile */
const updateCasting = (
  at: store.BoxKey,
  kind: Kind,
  of: store.Casting,
  changes: Partial<store.Casting>,
): Promise<void> =>
  store.withLock(async () => {
    const record = await requireRecord(at);
    const now = record[kind];
    if (now === undefined || !equal(now.leafHash, of.leafHash)) throw new Error("another tab changed this record");
    await store.setBox({ ...record, [kind]: { ...now, ...changes } });
  });

/** Signs and stores an entry, once, in the first tab that calls this; sends nothing yet. */
export const prepareEntry = (
  of: Instance,
  at: store.BoxKey,
  title: string,
  affiliation: number,
  statementBytes: Bytes,
  sendAt: number,
): Promise<void> =>
  store.withLock(async () => {
    const record = await requireRecord(at);
    if (record.entry !== undefined) return;
    if (record.token === undefined || record.keys === undefined) throw new Error("no token is stored for this box");
    const { size } = await newestCheckpoint(of, boxLog(of, at.box));
    const made = await entry(record.token, record.keys, affiliation, statementBytes);
    await store.setBox({ ...record, title, entry: await newCasting(pad(made, statementBytes), made, size, sendAt) });
  });

/** Signs and stores a withdrawal, once; sends nothing yet. */
export const prepareWithdrawal = (of: Instance, at: store.BoxKey): Promise<void> =>
  store.withLock(async () => {
    const record = await requireRecord(at);
    if (record.withdrawal !== undefined) return;
    if (record.keys === undefined) throw new Error("no key is stored for this box");
    const { size } = await newestCheckpoint(of, boxLog(of, at.box));
    const { origin } = await parseManifest(record.manifest);
    const made = await withdrawal(origin, await nonceOf(record.keys.publicKey), record.keys);
    await store.setBox({ ...record, withdrawal: await newCasting(made, made, size, Date.now()) });
  });

/** Sends the stored request and verifies the promise. Safe to repeat: the box returns the same promise. */
export async function send(of: Instance, at: store.BoxKey, kind: Kind): Promise<void> {
  const { box } = at;
  const sent = (await requireRecord(at))[kind];
  if (sent?.request === undefined || sent.promise !== undefined) return;
  const promise = await postBytes(`/box/${box}/${kind === "entry" ? "entries" : "withdrawals"}`, sent.request);
  await asProofFailure("promise", async () => {
    const text = await openNote(promise, await verifier(`${of.host}/promise`, of.register.publicKey));
    const [origin, leaf] = text.split("\n");
    if (origin !== `${of.host}/box/${box}` || leaf !== base64(sent.leafHash))
      throw new Error("the promise names another box or leaf");
  });
  await updateCasting(at, kind, sent, { promise });
}

/** A leaf of a box's log, under the checkpoint of `size` leaves that the signed `note` contains. */
export interface Found {
  index: number;
  size: number;
  note: string;
}

/**
 * Finds the entry or withdrawal in the box's log and verifies its inclusion under the newest checkpoint. Returns
 * undefined if it is not there yet.
 */
export async function findInLog(of: Instance, at: store.BoxKey, kind: Kind): Promise<Found | undefined> {
  const sought = (await requireRecord(at))[kind];
  if (sought === undefined) return undefined;
  const log = boxLog(of, at.box);
  const checkpoint = await newestCheckpoint(of, log);
  const index = await asProofFailure(log.origin, () =>
    locate(log, checkpoint, sought.leafHash, sought.found?.index ?? sought.after),
  );
  if (index === undefined) return undefined;
  const { size, note } = checkpoint;
  await updateCasting(at, kind, sought, { found: { index, size } });
  return { index, size, note };
}

/** What a box's log has of a book. */
export interface Cast {
  manifest: Manifest;
  keys: Keys;
  entry: store.Casting;
  withdrawal?: store.Casting;
}

/** Looks in a box's log for what any device cast with the book of `secret`; undefined if nothing is published. */
export async function findCast(of: Instance, secret: Bytes, manifest: Manifest): Promise<Cast | undefined> {
  const named = memberClass(manifest);
  if (named === undefined) return undefined;
  const keys = await keysOf(secret, manifest, named);
  const nonce = await nonceOf(keys.publicKey);
  const log = boxLog(of, manifest.box);
  const checkpoint = await newestCheckpoint(of, log);
  const leaves: Partial<Record<Kind, { leaf: Bytes; index: number }>> = {};
  await visitLeaves(log, checkpoint, (leaf, index) => {
    const read = nonceIn(leaf);
    if (read !== undefined && equal(read.nonce, nonce)) leaves[read.kind] = { leaf, index };
  });
  const casting = async ({ leaf, index }: { leaf: Bytes; index: number }): Promise<store.Casting> => {
    return { leafHash: await leafHash(leaf), after: index, sendAt: 0, found: { index, size: checkpoint.size } };
  };
  if (leaves.entry === undefined) return undefined;
  const found = { manifest, keys, entry: await casting(leaves.entry) };
  return leaves.withdrawal === undefined ? found : { ...found, withdrawal: await casting(leaves.withdrawal) };
}

/** Stores what was found in place of what this device has cast itself, and keeps the token. */
export const keepCast = (book: number, title: string, { manifest, ...cast }: Cast): Promise<void> =>
  store.withLock(async () => {
    const { withdrawal: _, ...known } = (await store.box({ book, box: manifest.box })) ?? { book, box: manifest.box };
    await store.setBox({ ...known, manifest: manifest.leaf, title, ...cast });
  });

/** Removes the entry of this device, because another device with the same book has cast one that is not published yet. */
export const dropEntry = (at: store.BoxKey): Promise<void> =>
  store.withLock(async () => {
    const { entry: _, ...record } = await requireRecord(at);
    await store.setBox(record);
    const book = (await store.books()).find(({ id }) => id === at.book);
    if (book !== undefined) await store.setBook({ ...book, isShared: true });
  });
