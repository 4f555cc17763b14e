/**
 * Checks that a log's checkpoint has the cosignatures that its policy requires (c2sp.org/tlog-cosignature). A busy log
 * publishes a new checkpoint every few seconds, and its cosignatures arrive a moment later, so the recount reads the checkpoint
 * up to 5 times.
 */
import { isCosigned, parseNote } from "../note";
import type { Finding } from "./findings";
import { describePolicy, type WitnessPolicy } from "./witnesspolicy";

const LOOKS = 5;
const PAUSE_MS = 1_000;

export class Cosignatures {
  private looks = 0;

  constructor(
    private readonly log: string,
    private readonly policy: WitnessPolicy,
    private readonly finding: Finding,
  ) {}

  /** Waits a second if a cosignature is missing. Returns true if the caller should read the checkpoint again. */
  async shouldRetry(checkpoint: string): Promise<boolean> {
    if (++this.looks === LOOKS || (await this.cosigners(checkpoint)).length >= this.policy.quorum) return false;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    return true;
  }

  /** Records which witnesses have cosigned the checkpoint, or how many are missing. Returns their names. */
  async judge(checkpoint: string, size: number): Promise<string[]> {
    const { policy, finding } = this;
    const is = `the ${this.log}'s checkpoint of ${size} leaves is `;
    const names = await this.cosigners(checkpoint);
    const unknown = [...new Set(policy.witnesses.filter(({ verifier }) => verifier === undefined).map(({ name }) => name))];
    if (names.length < policy.quorum) {
      const what = `${is}cosigned by ${names.length} witnesses, but the instance names ${describePolicy(policy)}`;
      if (names.length + unknown.filter((name) => !names.includes(name)).length < policy.quorum) finding.fail(what);
      else finding.skip(`${what}; this program cannot verify the cosignatures of ${unknown.join(", ")} (ML-DSA-44)`);
    }
    finding.succeed(
      policy.witnesses.length === 0
        ? `the instance names no witnesses: it could show another ${this.log} to other people`
        : `${is}cosigned by ${names.join(", ")}`,
    );
    return names;
  }

  /** The names of the policy's witnesses that have cosigned, sorted: one with several keys counts once. */
  private async cosigners(checkpoint: string): Promise<string[]> {
    const note = parseNote(checkpoint);
    const names = new Set<string>();
    for (const { name, verifier } of this.policy.witnesses) {
      if (verifier !== undefined && (await isCosigned(note, verifier))) names.add(name);
    }
    return [...names].sort();
  }
}
