/** Proves that the ledger has a box's checkpoint, and that witnesses have cosigned the ledger (PROTOCOL §8). */
import { utf8 } from "./bytes";
import { locateLast, ledgerLog, openCosigned, verifyCheckpoint, type Instance } from "./logs";
import { canonical } from "./manifest";
import { cosigners } from "./note";
import { leafHash } from "./tlog";

/**
 * Looks for a box's checkpoint in the ledger.
 *
 * @param note the box's checkpoint as a signed note
 * @returns the names of the witnesses that cosigned the ledger with it; undefined if the ledger does not have it yet
 * @throws NotWitnessed if too few witnesses have cosigned the ledger
 * @throws ProofFailed if the ledger is not the one that this device has seen, or its tiles do not verify
 */
export async function witnessesOf(of: Instance, box: string, note: string): Promise<Set<string> | undefined> {
  const log = ledgerLog(of);
  const leaf = await leafHash(utf8(canonical({ box, note, type: "box.checkpoint", v: 1 })));
  const opened = await openCosigned(of, log);
  const checkpoint = await verifyCheckpoint(of, log, opened.note);
  const index = await locateLast(log, checkpoint, leaf);
  return index === undefined ? undefined : cosigners(opened.note, of.policy.witnesses);
}
