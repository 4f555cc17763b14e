/** Casts an entry or a withdrawal: makes, stores, sends and finds it in the public log. Each step is repeatable. */
import { base64, equal, type Bytes } from "./bytes";
import { entry, isSignedBy, nonceIn, pad, withdrawal } from "./entry";
import { postBytes, Refused } from "./http";
import { asProofFailure, boxLog, locate, newestCheckpoint, ProofFailed, visitLeaves, type Instance } from "./logs";
import { parseManifest, type Manifest } from "./manifest";
import { openNote, verifier } from "./note";
import type { Sealed } from "./ohttp";
import { relayOf, RelayAway, rereadRelay, sealFor, throughRelay } from "./relay";
import { nonceOf, type Keys } from "./secret";
import * as store from "./store";
import { leafHash } from "./tlog";

export type Kind = "entry" | "withdrawal";

async function requireRecord(at: store.BoxKey): Promise<store.BoxRecord> {
  const record = await store.box(at);
  if (record === undefined) throw new Error("no record is stored for this box");
  return record;
}

/** How a casting is to be sent: when, in milliseconds since 1970, and whether through the relay. */
export interface Sending {
  sendAt: number;
  isRelayed: boolean;
}

async function newCasting(request: Bytes, leaf: Bytes, after: number, sending: Sending): Promise<store.Casting> {
  return { request, leafHash: await leafHash(leaf), after, ...sending };
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

/**
 * Signs and stores an entry, once, in the first tab that calls this; sends nothing yet.
 *
 * @param after the box's size before: read when the page opened, because a request now would tell the server of it
 */
export const prepareEntry = (
  at: store.BoxKey,
  after: number,
  title: string,
  affiliation: number,
  statementBytes: Bytes,
  sending: Sending,
): Promise<void> =>
  store.withLock(async () => {
    const record = await requireRecord(at);
    if (record.entry !== undefined) return;
    if (record.token === undefined || record.keys === undefined) throw new Error("no token is stored for this box");
    const made = await entry(record.token, record.keys, affiliation, statementBytes);
    await store.setBox({ ...record, title, entry: await newCasting(pad(made, statementBytes), made, after, sending) });
  });

/** Signs and stores a withdrawal, once; sends nothing yet. */
export const prepareWithdrawal = (at: store.BoxKey, sending: Sending): Promise<void> =>
  store.withLock(async () => {
    const record = await requireRecord(at);
    if (record.withdrawal !== undefined) return;
    if (record.keys === undefined) throw new Error("no key is stored for this box");
    const after = record.entry?.found?.size ?? 0;
    const { origin } = await parseManifest(record.manifest);
    const made = await withdrawal(origin, await nonceOf(record.keys.publicKey), record.keys);
    await store.setBox({ ...record, withdrawal: await newCasting(made, made, after, sending) });
  });

/** Where a stored request is: the box has promised to publish it, the relay keeps it, or another device was first. */
export type Sent = "promised" | "relayed" | "elsewhere";

/**
 * Sends the stored request, directly or through the relay, and verifies the promise. Safe to repeat: the box returns the
 * same promise.
 *
 * @throws RelayAway if the relay takes nothing now
 */
async function send(of: Instance, at: store.BoxKey, kind: Kind): Promise<Sent> {
  const { box } = at;
  const sent = (await requireRecord(at))[kind];
  if (sent?.request === undefined || sent.promise !== undefined) return "promised";
  if (sent.refused !== undefined) throw new Refused(sent.refused);
  const path = `/box/${box}/${kind === "entry" ? "entries" : "withdrawals"}`;
  const promise = sent.isRelayed === true ? await relayed(of, at, kind, sent, path) : await postBytes(path, sent.request);
  if (promise === undefined) return "relayed";
  await asProofFailure("promise", async () => {
    const text = await openNote(promise, await verifier(`${of.host}/promise`, of.register.publicKey));
    const [origin, leaf] = text.split("\n");
    if (origin !== `${of.host}/box/${box}` || leaf !== base64(sent.leafHash))
      throw new Error("the promise names another box or leaf");
  });
  await updateCasting(at, kind, sent, { promise, sealed: undefined, takenAt: undefined });
  return "promised";
}

/** Sends through the relay, or asks for the answer; returns undefined while the relay keeps it. */
async function relayed(of: Instance, at: store.BoxKey, kind: Kind, sent: store.Casting, path: string): Promise<string | undefined> {
  let relay = await relayOf(of);
  if (relay?.isUsable !== true) throw new RelayAway("");
  const sealAgain = async (): Promise<Sealed> => {
    const made = await sealFor(of, relay!, path, sent.request!);
    await updateCasting(at, kind, sent, { sealed: made, takenAt: undefined });
    return made;
  };
  let sealed = sent.sealed ?? (await sealAgain());
  let answer = await throughRelay(relay, sealed);
  if (answer.state === "over") {
    relay = await rereadRelay(of);
    if (relay === undefined) throw new RelayAway("");
    sealed = await sealAgain();
    answer = await throughRelay(relay, sealed);
  }
  if (answer.state === "over") throw new RelayAway(relay.operator);
  if (answer.state === "answered") return answer.text;
  await markTaken(at, kind, sealed);
  return undefined;
}

/** Notes that the relay has a request, unless another tab has sealed or sent it in another way meanwhile. */
const markTaken = (at: store.BoxKey, kind: Kind, sealed: Sealed): Promise<void> =>
  store.withLock(async () => {
    const record = await requireRecord(at);
    const now = record[kind];
    if (now?.sealed === undefined || !equal(now.sealed.request, sealed.request)) return;
    await store.setBox({ ...record, [kind]: { ...now, takenAt: Date.now() } });
  });

/** Sends directly from now on, at once, because the person decided so. */
export async function sendDirectly(at: store.BoxKey, kind: Kind): Promise<void> {
  const sent = (await requireRecord(at))[kind];
  if (sent !== undefined) await updateCasting(at, kind, sent, { isRelayed: false, sealed: undefined, takenAt: undefined, sendAt: Date.now() });
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

/** What a box's log has of one key pair. */
export interface Cast {
  manifest: Manifest;
  keys: Keys;
  entry: store.Casting;
  withdrawal?: store.Casting;
}

/**
 * Looks in a box's log for what any device cast with one of these keys; undefined if nothing is published. Reads the whole
 * log, so that nobody learns which leaf it looks for.
 */
export async function findCast(of: Instance, manifest: Manifest, possible: Keys[]): Promise<Cast | undefined> {
  const nonces = await Promise.all(possible.map(({ publicKey }) => nonceOf(publicKey)));
  const log = boxLog(of, manifest.box);
  const checkpoint = await newestCheckpoint(of, log);
  const found = possible.map(() => new Map<Kind, { leaf: Bytes; index: number }>());
  await visitLeaves(log, checkpoint, (leaf, index) => {
    const read = nonceIn(leaf);
    const leaves = read === undefined ? undefined : found[nonces.findIndex((nonce) => equal(nonce, read.nonce))];
    if (leaves !== undefined && !leaves.has(read!.kind)) leaves.set(read!.kind, { leaf, index });
  });
  const at = found.findIndex((leaves) => leaves.has("entry"));
  const [keys, leaves] = [possible[at], found[at]];
  if (keys === undefined || leaves === undefined) return undefined;
  const casting = async (kind: Kind): Promise<store.Casting | undefined> => {
    const own = leaves.get(kind);
    if (own === undefined) return undefined;
    const { leaf, index } = own;
    if (!(await isSignedBy(leaf, kind, keys.publicKey, manifest.origin))) {
      throw new ProofFailed(`${log.origin}: leaf ${index} has this device's nonce, and another's signature`);
    }
    return { leafHash: await leafHash(leaf), after: index, sendAt: 0, found: { index, size: checkpoint.size } };
  };
  const [entry, withdrawal] = [await casting("entry"), await casting("withdrawal")];
  if (entry === undefined) return undefined;
  return { manifest, keys, entry, ...(withdrawal === undefined ? {} : { withdrawal }) };
}

/** Stores what was found. Keeps the token, and of the same leaf also the request and the promise. */
export const keepCast = (book: number, title: string, { manifest, keys, ...cast }: Cast): Promise<void> =>
  store.withLock(async () => {
    const known: store.BoxRecord = (await store.box({ book, box: manifest.box })) ?? { book, box: manifest.box, manifest: manifest.leaf };
    const merged = { ...known, keys, title: known.title ?? title };
    for (const kind of ["entry", "withdrawal"] as const) {
      const [own, found] = [known[kind], cast[kind]];
      if (found !== undefined) merged[kind] = own !== undefined && equal(own.leafHash, found.leafHash) ? { ...own, found: found.found! } : found;
    }
    await store.setBox(merged);
  });

/** The refusals after which the same bytes are refused for ever. */
const FINAL = new Set(["box-closed", "box-superseded", "no-such-box", "wrong-token", "wrong-signature", "wrong-nonce", "wrong-challenge", "unknown-key", "unknown-affiliation", "statement-mismatch"]);

/**
 * Sends like {@link send}. If another device with the same book has cast something else before, takes that over; returns
 * `elsewhere` if that is not published yet.
 */
export async function sendOrTakeOver(of: Instance, at: store.BoxKey, kind: Kind): Promise<Sent> {
  try {
    return await send(of, at, kind);
  } catch (e) {
    if (!(e instanceof Refused)) throw e;
    const casting = (await requireRecord(at))[kind];
    if (casting !== undefined && e.code !== "nonce-used") {
      const isOver = FINAL.has(e.code) ? { refused: e.code } : {};
      await updateCasting(at, kind, casting, { sealed: undefined, takenAt: undefined, ...isOver });
    }
    if (e.code !== "nonce-used") throw e;
    const { keys, manifest, title } = await requireRecord(at);
    if (keys === undefined) throw e;
    const cast = await findCast(of, await parseManifest(manifest), [keys]);
    if (cast?.[kind] === undefined) return "elsewhere";
    await keepCast(at.book, title ?? "", cast);
    return "promised";
  }
}

/** Above so many leaves, a device looks for a leaf that it cast itself by its hash. */
const MOST_READ_WHOLE = 50_000;

/**
 * Looks again for what was cast, also by another device: reads the whole log unless that is very long. Returns undefined
 * if the withdrawal, or the entry if there is none, is not published yet.
 */
export async function recheck(of: Instance, at: store.BoxKey): Promise<{ kind: Kind; index: number; size: number } | undefined> {
  const { keys, manifest, title, entry } = await requireRecord(at);
  const { size } = await newestCheckpoint(of, boxLog(of, at.box));
  const isReadWhole = size <= MOST_READ_WHOLE || entry?.request === undefined;
  if (keys !== undefined && isReadWhole) {
    const cast = await findCast(of, await parseManifest(manifest), [keys]);
    if (cast !== undefined) await keepCast(at.book, title ?? "", cast);
    const { withdrawal } = await requireRecord(at);
    const kind = withdrawal === undefined ? "entry" : "withdrawal";
    const found = cast?.[kind]?.found;
    return found === undefined ? undefined : { kind, ...found };
  }
  const kind = (await requireRecord(at)).withdrawal === undefined ? "entry" : "withdrawal";
  const located = await findInLog(of, at, kind);
  return located === undefined ? undefined : { kind, ...located };
}
