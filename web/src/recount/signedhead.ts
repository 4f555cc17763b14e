/** Reads a checkpoint that must be signed by a given key under the log's own name. */
import { isSigned, parseNote, type Verifier } from "../note";
import { parseCheckpoint, type Checkpoint } from "../tlog";

/** @throws Error if the note is malformed, the signature does not verify, or the origin is not the key's name */
export async function readSignedHead(note: string, key: Verifier): Promise<Checkpoint> {
  const parsed = parseNote(note);
  if (!(await isSigned(parsed, key))) throw new Error(`signature of ${key.name} does not verify`);
  return parseCheckpoint(parsed.text, key.name);
}
