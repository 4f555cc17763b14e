/** From a token to a proof: make, store, send, wait, find in the public record. Every step can be taken again. */
import { base64, equal, type Bytes } from "./bytes";
import { nonceOf } from "./book";
import { entry, pad, withdrawal } from "./entry";
import { postBytes } from "./http";
import { boxLog, locate, newest, proving, type Instance } from "./logs";
import { parseManifest } from "./manifest";
import { openNote, verifier } from "./note";
import * as store from "./store";
import { leafHash } from "./tlog";

export type Kind = "entry" | "withdrawal";

async function stored(box: string): Promise<store.BoxRecord> {
  const record = await store.box(box);
  if (record === undefined) throw new Error("nothing is kept for this box");
  return record;
}

async function keep(box: string, kind: Kind, request: Bytes, leaf: Bytes, after: number, sendAt: number): Promise<void> {
  const casting: store.Casting = { request, leafHash: await leafHash(leaf), after, sendAt };
  await store.setBox({ ...(await stored(box)), [kind]: casting });
}

/** Signs and stores; sends nothing yet. */
export async function prepareEntry(
  of: Instance,
  box: string,
  title: string,
  affiliation: number,
  said: Bytes,
  sendAt: number,
): Promise<void> {
  const record = await stored(box);
  if (record.token === undefined) throw new Error("no token yet");
  if (record.entry !== undefined) return;
  const { size } = await newest(of, boxLog(of, box));
  const made = await entry(record.token, record, affiliation, said);
  await store.setBox({ ...record, title });
  await keep(box, "entry", pad(made, said), made, size, sendAt);
}

/** Signs and stores a withdrawal; sends nothing yet. */
export async function prepareWithdrawal(of: Instance, box: string): Promise<void> {
  const record = await stored(box);
  if (record.withdrawal !== undefined) return;
  const { size } = await newest(of, boxLog(of, box));
  const { origin } = await parseManifest(record.manifest);
  const made = await withdrawal(origin, await nonceOf(record.publicKey), record);
  await keep(box, "withdrawal", made, made, size, Date.now());
}

/** Sends what is stored, as often as needed: the box answers with the same promise. Checks the promise. */
export async function send(of: Instance, box: string, kind: Kind): Promise<void> {
  const record = await stored(box);
  const casting = record[kind];
  if (casting === undefined || casting.promise !== undefined) return;
  const note = await postBytes(`/box/${box}/${kind === "entry" ? "entries" : "withdrawals"}`, casting.request);
  await proving("promise", async () => {
    const text = await openNote(note, await verifier(`${of.host}/promise`, of.register.publicKey));
    const [origin, leaf] = text.split("\n");
    if (origin !== `${of.host}/box/${box}` || leaf !== base64(casting.leafHash)) throw new Error("it promises another thing");
  });
  await store.setBox({ ...(await stored(box)), [kind]: { ...casting, promise: note } });
}

/** Looks for it under the newest checkpoint and proves it there. */
export async function look(of: Instance, box: string, kind: Kind): Promise<{ index: number; size: number } | undefined> {
  const record = await stored(box);
  const casting = record[kind];
  if (casting === undefined) return undefined;
  const log = boxLog(of, box);
  const checkpoint = await newest(of, log);
  const index = await locate(log, checkpoint, casting.leafHash, casting.found?.index ?? casting.after);
  if (index === undefined) return undefined;
  const found = { index, size: checkpoint.size };
  if (!equal(casting.leafHash, (await stored(box))[kind]?.leafHash ?? new Uint8Array())) throw new Error("changed meanwhile");
  await store.setBox({ ...(await stored(box)), [kind]: { ...casting, found } });
  return found;
}
