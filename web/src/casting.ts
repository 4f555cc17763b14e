/** Casts an entry or a withdrawal: makes, stores, sends and finds it in the public log. Each step is repeatable. */
import { base64, equal, type Bytes } from "./bytes";
import { nonceOf } from "./book";
import { entry, pad, withdrawal } from "./entry";
import { postBytes } from "./http";
import { asProofFailure, boxLog, locate, newestCheckpoint, type Instance } from "./logs";
import { parseManifest } from "./manifest";
import { openNote, verifier } from "./note";
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
  if (sent === undefined || sent.promise !== undefined) return;
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
